package dev.smsrunner.cli.console;

/** Colours a text, or leaves it as it is where colours are not wanted. */
public record AnsiStyle(boolean colours) {

    /** Reached its goal. */
    String good(String text) {
        return in("32", text);
    }

    /** Failed. */
    public String bad(String text) {
        return in("31", text);
    }

    /** Needs a person's eyes. */
    public String notable(String text) {
        return in("33", text);
    }

    /** A heading. */
    public String strong(String text) {
        return in("1", text);
    }

    private String in(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
