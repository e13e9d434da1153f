package dev.smsrunner.report;

/**
 * Replaces characters that a readable file cannot hold or show: control characters, unpaired surrogates, direction marks and
 * invisible line separators.
 */
final class ControlCharEscaper {

    private static final char REPLACEMENT = '\ufffd';
    private static final int CONTROL_PICTURES = 0x2400;
    private static final char DELETE_PICTURE = '\u2421';

    private ControlCharEscaper() {}

    /** Replaces each character that XML and HTML do not allow by a visible one; line feeds and tabs stay. */
    static String text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (visible(text, at) != text.charAt(at)) {
                return replace(text);
            }
        }
        return text;
    }

    private static String replace(String text) {
        var visible = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            visible.append(visible(text, at));
        }
        return visible.toString();
    }

    private static char visible(String text, int at) {
        char letter = text.charAt(at);
        if (letter < ' ') {
            return letter == '\n' || letter == '\t' ? letter : (char) (CONTROL_PICTURES + letter);
        }
        if (letter == '\u007f') {
            return DELETE_PICTURE;
        }
        return isInvisible(letter) || isUnpaired(text, at) ? REPLACEMENT : letter;
    }

    /** Whether a character above ASCII is invisible but affects the text around it. */
    static boolean isInvisible(char letter) {
        boolean control = letter >= '\u0080' && letter < '\u00a0' || letter == '\ufffe' || letter == '\uffff';
        return control || isDirectional(letter);
    }

    /** Marks, embeddings, overrides and isolates of the bidirectional algorithm, and separators of lines and paragraphs. */
    private static boolean isDirectional(char letter) {
        return letter == '\u061c'
                || letter == '\u200e'
                || letter == '\u200f'
                || letter >= '\u2028' && letter <= '\u202e'
                || letter >= '\u2066' && letter <= '\u2069';
    }

    private static boolean isUnpaired(String text, int at) {
        char letter = text.charAt(at);
        if (Character.isHighSurrogate(letter)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(letter) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
