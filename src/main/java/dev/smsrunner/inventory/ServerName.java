package dev.smsrunner.inventory;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The one key under which names of servers are compared: inventory, SMS, dependencies, commands and page. Two names mean one
 * server when their keys are equal.
 *
 * <p>Equal become: letter case as Unicode maps it one to one (Kelvin sign and k, both small sigmas), composed and decomposed
 * letters (NFC), blanks and invisible marks around the name, dots at its end. Distinct stay: i and the Turkish dotless ı, i
 * and the dotted İ, ß and ss, full-width letters and ASCII, a letter with and without its accent. No rule depends on the
 * language of the machine.
 */
public final class ServerName {

    private static final char FINAL_SIGMA = '\u03c2';
    private static final char SIGMA = '\u03c3';

    private ServerName() {}

    /** The key of a name as written; the key of a key is itself. Empty when nothing of the name counts. */
    public static String key(String name) {
        String bare = undotted(name);
        return isAscii(bare) ? bare.toLowerCase(Locale.ROOT) : folded(bare);
    }

    /** The names in a cell that has several, separated by semicolons: as written, trimmed, without empty ones. */
    public static List<String> list(String cell) {
        return Arrays.stream(cell.split(";"))
                .map(Whitespace::trim)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** In one pass: SMS may show a name of any length. */
    private static String undotted(String name) {
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

    /** Lower case may leave a letter decomposed (İ), so it is composed before and after. */
    private static String folded(String name) {
        String lower = composed(name).toLowerCase(Locale.ROOT);
        return composed(lower.replace(FINAL_SIGMA, SIGMA));
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }
}
