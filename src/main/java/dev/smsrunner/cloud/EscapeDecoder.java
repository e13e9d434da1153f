package dev.smsrunner.cloud;

import java.util.Map;

/** Decodes one escape: of JSON and similar formats ({@code \/}, {@code \u002b}, {@code \x2b}), of a URL ({@code %2B}), or of HTML. */
final class EscapeDecoder {

    private static final int LONGEST_ENTITY = 8;
    private static final Map<String, Integer> ENTITIES = Map.of(
            "amp", (int) '&', "lt", (int) '<', "gt", (int) '>', "quot", (int) '"', "apos", (int) '\'', "nbsp", (int)
                    ' ');

    private EscapeDecoder() {}

    /**
     * Decodes the escape at a position and appends the result.
     *
     * @return length of the escape in bytes, 0 when there is none
     */
    static int read(DecodedText outer, int at, DecodedText inner) {
        return switch (outer.at(at)) {
            case '\\' -> ofBackslash(outer, at, inner);
            case '%' -> ofPercent(outer, at, inner);
            case '&' -> ofAmpersand(outer, at, inner);
            default -> 0;
        };
    }

    private static int ofBackslash(DecodedText outer, int at, DecodedText inner) {
        if (at + 1 >= outer.length()) {
            return 0;
        }
        switch (outer.at(at + 1)) {
            case 'u':
                return ofUnicode(outer, at, inner);
            case 'x':
                int value = hex(outer, at + 2, 2);
                if (value < 0) {
                    return 0;
                }
                inner.addPoint(value, outer, at, at + 4);
                return 4;
            case '"', '\\', '/', '\'':
                inner.addByte(outer.at(at + 1), outer, at, at + 2);
                return 2;
            case 'n', 'r', 't', 'b', 'f':
                inner.addByte(' ', outer, at, at + 2);
                return 2;
            default:
                return 0;
        }
    }

    private static int ofUnicode(DecodedText outer, int at, DecodedText inner) {
        int unit = hex(outer, at + 2, 4);
        if (unit < 0) {
            return 0;
        }
        boolean pair = Character.isHighSurrogate((char) unit)
                && at + 7 < outer.length()
                && outer.at(at + 6) == '\\'
                && outer.at(at + 7) == 'u';
        int low = pair ? hex(outer, at + 8, 4) : -1;
        if (low >= 0 && Character.isLowSurrogate((char) low)) {
            inner.addPoint(Character.toCodePoint((char) unit, (char) low), outer, at, at + 12);
            return 12;
        }
        inner.addPoint(unit, outer, at, at + 6);
        return 6;
    }

    private static int ofPercent(DecodedText outer, int at, DecodedText inner) {
        int value = hex(outer, at + 1, 2);
        if (value < 0) {
            return 0;
        }
        inner.addByte(value, outer, at, at + 3);
        return 3;
    }

    private static int ofAmpersand(DecodedText outer, int at, DecodedText inner) {
        var name = new StringBuilder();
        for (int next = at + 1; next < outer.length() && name.length() <= LONGEST_ENTITY; next++) {
            if (outer.at(next) == ';') {
                int point = entity(name.toString());
                if (point < 0) {
                    return 0;
                }
                inner.addPoint(point, outer, at, next + 1);
                return next + 1 - at;
            }
            name.append((char) (outer.at(next) & 0xFF));
        }
        return 0;
    }

    private static int entity(String name) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name, -1);
        }
        boolean hex = name.startsWith("#x") || name.startsWith("#X");
        try {
            int point = Integer.parseInt(name.substring(hex ? 2 : 1), hex ? 16 : 10);
            return Character.isValidCodePoint(point) ? point : -1;
        } catch (NumberFormatException ex) {
            return -1;
        }
    }

    /** Value of the hexadecimal digits at a position, -1 when there are fewer digits. */
    private static int hex(DecodedText text, int at, int digits) {
        if (at + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(text.at(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
