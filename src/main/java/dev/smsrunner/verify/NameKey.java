package dev.smsrunner.verify;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Independent implementation of the server name key, so that a bug in the inventory's own key is detected. Names are equal if
 * they differ only in letter case, Unicode composition, surrounding blanks and invisible marks, or trailing dots.
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

    /** Removes surrounding blanks and invisible marks. */
    static String trim(String text) {
        return text.replaceAll("^%s+|%s+$".formatted(EDGE, EDGE), "");
    }
}
