package dev.smsrunner.sms;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tolerant parsing of a state: any letter case, surrounding blanks ignored. */
final class StateText {

    private StateText() {}

    static String normalize(@Nullable String text) {
        return text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
    }

    /** Constant with that name. ABSENT is the runner's own name and never matches. */
    static <E extends Enum<E>> E find(E[] values, String name, E unknown) {
        for (E value : values) {
            if (value.name().equals(name) && !name.equals("ABSENT")) {
                return value;
            }
        }
        return unknown;
    }
}
