package dev.smsrunner.report;

/** Makes letters visible that a file for people cannot hold or show: control characters and halves of letters. */
final class Visible {

    private static final char SOMETHING = '\ufffd';
    private static final int PICTURES = 0x2400;
    private static final char PICTURE_OF_DELETE = '\u2421';

    private Visible() {}

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
        boolean nothing = letter >= '\u0080' && letter < '\u00a0' || letter == '\ufffe' || letter == '\uffff';
        return nothing || half(text, at) ? SOMETHING : letter;
    }

    private static boolean half(String text, int at) {
        char letter = text.charAt(at);
        if (Character.isHighSurrogate(letter)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(letter) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
