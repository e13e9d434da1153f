package dev.smsrunner.report;

/**
 * Makes letters visible that a file for people cannot hold or show: control characters, halves of letters, and letters that turn
 * the direction of reading or end a line unseen.
 */
final class ControlCharEscaper {

    private static final char SOMETHING = '\ufffd';
    private static final int PICTURES = 0x2400;
    private static final char PICTURE_OF_DELETE = '\u2421';

    private ControlCharEscaper() {}

    /** The text with a picture in the place of each letter that XML and HTML have no place for; lines and tabs stay. */
    static String text(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (shown(text, at) != text.charAt(at)) {
                return replaced(text);
            }
        }
        return text;
    }

    private static String replaced(String text) {
        var visible = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            visible.append(shown(text, at));
        }
        return visible.toString();
    }

    private static char shown(String text, int at) {
        char letter = text.charAt(at);
        if (letter < ' ') {
            return letter == '\n' || letter == '\t' ? letter : (char) (PICTURES + letter);
        }
        if (letter == '\u007f') {
            return PICTURE_OF_DELETE;
        }
        return isUnseen(letter) || half(text, at) ? SOMETHING : letter;
    }

    /** Whether the letter above ASCII shows nothing of itself, but changes what is shown around it. */
    static boolean isUnseen(char letter) {
        boolean nothing = letter >= '\u0080' && letter < '\u00a0' || letter == '\ufffe' || letter == '\uffff';
        return nothing || turns(letter);
    }

    /** Marks, embeddings, overrides and isolates of the bidirectional algorithm, and the separators of lines and paragraphs. */
    private static boolean turns(char letter) {
        return letter == '\u061c'
                || letter == '\u200e'
                || letter == '\u200f'
                || letter >= '\u2028' && letter <= '\u202e'
                || letter >= '\u2066' && letter <= '\u2069';
    }

    private static boolean half(String text, int at) {
        char letter = text.charAt(at);
        if (Character.isHighSurrogate(letter)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(letter) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
