package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/** Recognises the kind of a file that is not UTF-8 text by its bytes. */
final class FileKind {

    private static final String SAVE_AS = "open it in the spreadsheet and save it as \"CSV UTF-8\"";

    private FileKind() {}

    /** Problem of a file whose first bytes are not UTF-8 text, or null. */
    static @Nullable CellProblem problemOf(byte[] bytes, int length) {
        if (startsWith(bytes, length, 0xff, 0xfe) || startsWith(bytes, length, 0xfe, 0xff)) {
            return new CellProblem("is UTF-16 text", "save it again as \"CSV UTF-8\"");
        }
        if (startsWith(bytes, length, 'P', 'K', 3, 4) || startsWith(bytes, length, 0xd0, 0xcf, 0x11, 0xe0)) {
            return new CellProblem("is a spreadsheet, not CSV", SAVE_AS);
        }
        return looksLikeUtf16(bytes, length)
                ? new CellProblem("looks like UTF-16 text without a byte order mark", "save it again as \"CSV UTF-8\"")
                : null;
    }

    static boolean startsWith(byte[] bytes, int length, int... first) {
        for (int i = 0; i < first.length; i++) {
            if (i >= length || (bytes[i] & 0xff) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean looksLikeUtf16(byte[] bytes, int length) {
        int[] zeros = new int[2];
        int sampled = Math.min(length, 512);
        for (int i = 0; i < sampled; i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
        }
        int more = Math.max(zeros[0], zeros[1]);
        int less = Math.min(zeros[0], zeros[1]);
        return sampled >= 4 && more >= sampled / 4 && less <= more / 8;
    }

    /** Guesses the encoding of bytes that are not UTF-8. In GBK, bytes above 127 come in pairs. */
    static String encodingOf(byte[] bytes, int length) {
        int run = 0;
        for (int i = 0; i <= length; i++) {
            boolean high = i < length && bytes[i] < 0;
            if (!high && run % 2 == 1) {
                return "Latin-1 or Windows-1252";
            }
            run = high ? run + 1 : 0;
        }
        return "GBK (GB18030)";
    }
}
