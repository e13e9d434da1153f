package dev.smsrunner.inventory;

import java.util.Comparator;
import java.util.regex.Pattern;

/** Order of waves: by name, with numbers by value, and rows without a wave last. */
public final class WaveOrder {

    /** Compares the names of waves. */
    public static final Comparator<String> NATURAL = Comparator.comparing(String::isEmpty)
            .thenComparing(WaveOrder::sortKey)
            .thenComparing(Comparator.naturalOrder());

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private WaveOrder() {}

    private static String sortKey(String wave) {
        return NUMBER.matcher(wave.toLowerCase(java.util.Locale.ROOT))
                .replaceAll(number -> "%018d".formatted(Long.parseLong(number.group())));
    }
}
