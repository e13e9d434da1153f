package dev.smsrunner.cli.console;

import java.io.PrintStream;

/** The operator's console: results on stdout, everything else on stderr; nothing from outside reaches it unescaped. */
public final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final AnsiStyle outPaint;
    private final AnsiStyle errPaint;
    private final boolean quiet;

    public Console(CommandContext at, boolean noColor, boolean quiet) {
        this.out = at.out();
        this.err = at.err();
        this.outPaint = new AnsiStyle(Terminal.colours(at.outIsTerminal(), noColor, at.environment()));
        this.errPaint = new AnsiStyle(Terminal.colours(at.errIsTerminal(), noColor, at.environment()));
        this.quiet = quiet;
    }

    /** Part of the result; with the end of its line when it has none. */
    public void result(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Something that helps a person but is no result; silent with {@code --quiet}. */
    public void say(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /** A danger that a person must know of, also with {@code --quiet}. */
    public void warn(String line) {
        err.println(safe("warning: " + line));
    }

    /** Something that went wrong; each problem of several on a line of its own. */
    public void error(String message) {
        var lines = message.strip().lines().map(Console::safe).toList();
        err.println(errPaint.bad("error:") + " " + String.join(System.lineSeparator(), lines));
    }

    /** The stream of results, for what is too long to be one text. */
    public PrintStream out() {
        return out;
    }

    /** The stream of progress. */
    PrintStream err() {
        return err;
    }

    /** Colours for stdout. */
    public AnsiStyle outPaint() {
        return outPaint;
    }

    /** Colours for stderr. */
    AnsiStyle errPaint() {
        return errPaint;
    }

    /** Whether only results and errors are wanted. */
    public boolean quiet() {
        return quiet;
    }

    /** The text without what could move the cursor, forge a line or turn the direction of reading. */
    public static String safe(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (dangerous(letter)) {
                safe.append("\\u%04x".formatted(letter));
            } else {
                safe.appendCodePoint(letter);
            }
        });
        return safe.toString();
    }

    private static boolean dangerous(int letter) {
        return switch (Character.getType(letter)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> letter != '\t';
            default -> false;
        };
    }
}
