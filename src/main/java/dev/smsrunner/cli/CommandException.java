package dev.smsrunner.cli;

/** Ends a command with an exit code and one line that says what happened and what to do. */
final class CommandException extends RuntimeException {

    private final ExitCode exitCode;

    CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    ExitCode exitCode() {
        return exitCode;
    }
}
