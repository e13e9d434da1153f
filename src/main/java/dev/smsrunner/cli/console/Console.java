package dev.smsrunner.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Console of the operator: results on stdout, everything else on stderr; external text is escaped. */
public final class Console {

    private final PrintStream out;
    private final PrintStream err;
    private final AnsiStyle outStyle;
    private final AnsiStyle errStyle;
    private final boolean quiet;

    public Console(CommandContext context, boolean noColor, boolean quiet) {
        this.out = context.out();
        this.err = context.err();
        this.outStyle = new AnsiStyle(Terminal.colours(context.outIsTerminal(), noColor, context.environment()));
        this.errStyle = new AnsiStyle(Terminal.colours(context.errIsTerminal(), noColor, context.environment()));
        this.quiet = quiet;
    }

    /** Prints a part of the result; appends a line end if it has none. */
    public void result(String text) {
        out.print(text.endsWith("\n") ? text : text + "\n");
        out.flush();
    }

    /** Prints additional information on stderr; silent with {@code --quiet}. */
    public void info(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /** Prints a warning, also with {@code --quiet}. */
    public void warn(String line) {
        err.println(safe("warning: " + line));
    }

    /** Prints an error; each problem on its own line. */
    public void error(String message) {
        var lines = message.strip().lines().map(Console::safe).toList();
        err.println(errStyle.bad("error:") + " " + String.join(System.lineSeparator(), lines));
    }

    /** Stream of results, for long output. */
    public PrintStream out() {
        return out;
    }

    /** Style of stdout. */
    public AnsiStyle outStyle() {
        return outStyle;
    }

    /** Style of stderr. */
    AnsiStyle errStyle() {
        return errStyle;
    }

    /** Whether the console prints results and errors only. */
    public boolean isQuiet() {
        return quiet;
    }

    /** Whether the answer to a question is yes; null when there is none. */
    public static boolean isYes(@Nullable String answer) {
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }

    /** Escapes characters that could move the cursor, forge a line or change the text direction. */
    public static String safe(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(letter -> {
            if (isUnsafe(letter)) {
                safe.append("\\u%04x".formatted(letter));
            } else {
                safe.appendCodePoint(letter);
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int letter) {
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
