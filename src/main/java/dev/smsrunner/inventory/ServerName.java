package dev.smsrunner.inventory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Comparison key of server names in the inventory, SMS, dependencies, commands and the page. Two names refer to one server when
 * their keys are equal.
 *
 * <p>The key ignores letter case as Unicode maps it one to one (Kelvin sign and k, both small sigmas), and composition (NFC). It
 * also ignores blanks and invisible marks around the name and dots at its end. It keeps these apart: i and the Turkish dotless ı,
 * i and the dotted İ, ß and ss, full-width letters and ASCII, a letter with and without its accent. No rule depends on the locale
 * of the machine.
 */
public final class ServerName {

    private static final char FINAL_SIGMA = '\u03c2';
    private static final char SIGMA = '\u03c3';

    private ServerName() {}

    /** Key of a name as written; idempotent. Empty when the name has only ignored characters. */
    public static String key(String name) {
        String bare = stripDots(name);
        return isAscii(bare) ? bare.toLowerCase(Locale.ROOT) : fold(bare);
    }

    /** Whether the names are equal, or one of them is the other with its domain; false for an empty name. */
    public static boolean isSameHost(String name, @Nullable String other) {
        String one = key(name);
        String two = other == null ? "" : key(other);
        return !one.isEmpty()
                && !two.isEmpty()
                && (one.equals(two) || one.startsWith(two + ".") || two.startsWith(one + "."));
    }

    /** Names in a cell, separated by semicolons: as written, trimmed, without empty names. */
    public static List<String> list(String cell) {
        return Arrays.stream(cell.split(";"))
                .map(Whitespace::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Strips trailing dots and blanks in one pass, since SMS may show a name of any length. */
    private static String stripDots(String name) {
        int end = name.length();
        while (end > 0 && (name.charAt(end - 1) == '.' || Whitespace.isBlank(name.charAt(end - 1)))) {
            end--;
        }
        return Whitespace.trim(name.substring(0, end));
    }

    private static boolean isAscii(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Folds letter case. Lower case may leave a letter decomposed (İ), so the text is composed before and after. */
    private static String fold(String name) {
        String lower = compose(name).toLowerCase(Locale.ROOT);
        return compose(lower.replace(FINAL_SIGMA, SIGMA));
    }

    private static String compose(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
