package dev.smsrunner.support;

import org.jspecify.annotations.Nullable;

/**
 * Command lines of this program that messages suggest.
 *
 * @param program name of the program, quoted for a shell
 * @param options options to repeat, with a leading blank, for example {@code " --data DIR"}; may be empty
 */
public record SuggestedCommands(String program, String options) {

    /** System property in which the launcher passes its name as the operator typed it. */
    public static final String PROPERTY = "sms-runner.command";

    /** Name of the program when no launcher started it. */
    public static final String PROGRAM = "sms-runner";

    private static final String UNQUOTED = "[A-Za-z0-9_./:=@%,+-]+";

    /** The command with these arguments and the options. */
    public String of(String arguments) {
        return "%s %s%s".formatted(program, arguments, options);
    }

    /**
     * Name of the program for suggestions, quoted for a shell.
     *
     * @param launcher name that the launcher passed, null without a launcher
     */
    public static String program(@Nullable String launcher) {
        if (launcher == null || launcher.isBlank() || launcher.chars().anyMatch(SuggestedCommands::isUnprintable)) {
            return PROGRAM;
        }
        return quoted(launcher);
    }

    /** Control characters, and the replacement of characters that the locale cannot decode. */
    private static boolean isUnprintable(int character) {
        return Character.isISOControl(character)
                || Character.getType(character) == Character.FORMAT
                || character == '\uFFFD';
    }

    /** The argument, in single quotes where a shell needs them. */
    public static String quoted(String argument) {
        return argument.matches(UNQUOTED) ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
