package dev.smsrunner.cli;

/** Failure of a command with its exit code and a one-line message: cause and remedy. */
final class CommandException extends RuntimeException {

    private final ExitCode exitCode;

    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Failure of a command whose arguments or files are wrong. */
    static CommandException badInput(String message) {
        return new CommandException(ExitCode.BAD_INPUT, message);
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
