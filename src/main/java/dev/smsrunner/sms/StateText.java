package dev.smsrunner.sms;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tolerant reading of a state: any letter case, surrounding blanks ignored. */
final class StateText {

    private StateText() {}

    static String normal(@Nullable String text) {
        return text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
    }

    /** The constant of that name; the words for "we do not know" are ours and never match. */
    static <E extends Enum<E>> E find(E[] values, String name, E unknown) {
        for (E value : values) {
            if (value.name().equals(name) && !name.equals("ABSENT")) {
                return value;
            }
        }
        return unknown;
    }
}
