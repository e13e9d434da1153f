package dev.smsrunner.cli.console;

/** ANSI colours of a text; returns the text unchanged when colours are off. */
public record AnsiStyle(boolean colours) {

    /** Success. */
    String good(String text) {
        return in("32", text);
    }

    /** Failure. */
    public String bad(String text) {
        return in("31", text);
    }

    /** Needs attention. */
    public String notable(String text) {
        return in("33", text);
    }

    /** Heading. */
    public String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
