package dev.smsrunner.inventory;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Name in a header, in the form that the runner compares.
 *
 * @param key lower case letters and digits of the name, with its unit in one spelling
 * @param hasUnknownHint whether the name ends with a text in brackets that may change its meaning, or with megabytes
 */
record HeaderName(String key, boolean hasUnknownHint) {

    /** Spellings of units, as keys. {@code MB/s} is missing, since it may mean megabytes. */
    private static final Map<String, String> UNITS =
            Map.of("mbits", "mbit", "mbps", "mbit", "mbit", "mbit", "gb", "gb", "gib", "gb");

    /** Texts in brackets that do not change the meaning of a name. */
    private static final Set<String> HINTS =
            Set.of("", "required", "mandatory", "optional", "yn", "yesno", "linuxwindows", "windowslinux");

    static HeaderName of(String written) {
        String name = Whitespace.trim(written);
        int open = Math.max(name.lastIndexOf('('), name.lastIndexOf('['));
        boolean bracketed = open >= 0 && (name.endsWith(")") || name.endsWith("]"));
        if (!bracketed) {
            return new HeaderName(withUnit(key(name)), name.endsWith("MBps"));
        }
        String text = name.substring(open + 1, name.length() - 1);
        String unit = text.startsWith("MBp") ? "" : UNITS.getOrDefault(key(text), "");
        String bare = key(name.substring(0, open));
        boolean known = !unit.isEmpty() || HINTS.contains(key(text));
        return new HeaderName(bare.endsWith(unit) ? withUnit(bare) : bare + unit, !known);
    }

    /** Lower case letters and digits of a text. */
    static String key(String text) {
        StringBuilder key = new StringBuilder();
        text.toLowerCase(Locale.ROOT)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .forEach(key::appendCodePoint);
        return key.toString();
    }

    private static String withUnit(String key) {
        for (String unit : new String[] {"mbits", "mbps"}) {
            if (key.endsWith(unit)) {
                return key.substring(0, key.length() - unit.length()) + UNITS.get(unit);
            }
        }
        return key;
    }
}
