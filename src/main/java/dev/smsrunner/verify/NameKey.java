package dev.smsrunner.verify;

import java.text.Normalizer;
import java.util.Locale;

/**
 * The key by which {@code verify} compares names of servers. It does not call the key of the inventory, since a fault in that
 * one would then hide itself. Names are equal that differ only in letter case, in composed and decomposed letters, in blanks and
 * invisible marks around them, or in dots at their end.
 */
final class NameKey {

    private static final String EDGE =
            "[\\p{Z}\\p{Cc}\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff]";
    private static final String AROUND = "^%s+|(\\.|%s)+$".formatted(EDGE, EDGE);

    private NameKey() {}

    static String of(String name) {
        var composed = Normalizer.normalize(name.replaceAll(AROUND, ""), Normalizer.Form.NFC);
        var lower = composed.toLowerCase(Locale.ROOT).replace('\u03c2', '\u03c3');
        return Normalizer.normalize(lower, Normalizer.Form.NFC);
    }

    /** The text without the blanks and invisible marks around it. */
    static String trimmed(String text) {
        return text.replaceAll("^%s+|%s+$".formatted(EDGE, EDGE), "");
    }
}
