package dev.smsrunner.verify;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Under what names of servers are compared, worked out here once more: a fault in the key that the run goes by would otherwise
 * hide itself. Equal are names that differ in letter case, in composed and decomposed letters, in blanks and invisible marks
 * around them, and in dots at their end.
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

    /** Without what editors leave around a cell. */
    static String trimmed(String text) {
        return text.replaceAll("^%s+|%s+$".formatted(EDGE, EDGE), "");
    }
}
