package dev.smsrunner.cli;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CredentialsException;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.database.DatabaseSettingException;
import dev.smsrunner.database.UnsafeDirectoryException;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.run.StandbyEndedException;
import dev.smsrunner.run.UnwritableDataException;
import dev.smsrunner.run.lease.RefusedException;
import dev.smsrunner.support.FileNameEncoding;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Exit codes of failures that an operator can fix. To add one, put it into {@link #KNOWN}: its message must contain the cause
 * and the remedy.
 */
final class ExceptionExitCodes {

    private static final Map<Class<? extends Throwable>, ExitCode> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(DatabaseSettingException.class, ExitCode.BAD_INPUT);
        KNOWN.put(DatabaseException.class, ExitCode.UNREACHABLE);
        KNOWN.put(UnsafeDirectoryException.class, ExitCode.BAD_INPUT);
        KNOWN.put(DatabaseAwayException.class, ExitCode.UNREACHABLE);
        KNOWN.put(ReportException.class, ExitCode.BAD_INPUT);
        KNOWN.put(UnwritableDataException.class, ExitCode.UNREACHABLE);
        KNOWN.put(OwnershipLostException.class, ExitCode.REFUSED);
        KNOWN.put(RefusedException.class, ExitCode.REFUSED);
        KNOWN.put(StandbyEndedException.class, ExitCode.STOPPED);
        KNOWN.put(CredentialsException.class, ExitCode.BAD_INPUT);
        KNOWN.put(ApiException.class, ExitCode.UNREACHABLE);
    }

    private ExceptionExitCodes() {}

    /**
     * Exit code and message of a failed command.
     *
     * @param message null for an internal error
     * @param details lines that are printed after the message
     */
    record MappedFailure(ExitCode exitCode, @Nullable String message, List<String> details) {

        MappedFailure(ExitCode exitCode, @Nullable String message) {
            this(exitCode, message, List.of());
        }
    }

    /** Maps the failure or the first of its causes that is known. */
    static MappedFailure of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var exitCode = exitCode(cause);
            if (exitCode != null) {
                return new MappedFailure(exitCode, String.valueOf(cause.getMessage()), details(cause));
            }
            if (cause instanceof InvalidPathException path) {
                return new MappedFailure(ExitCode.BAD_INPUT, unusable(path));
            }
            if (cause instanceof RuntimeException runtime && DatabaseRetry.isTransient(runtime)) {
                return new MappedFailure(
                        ExitCode.UNREACHABLE,
                        "The database does not answer: %s. Run the same command again when it is available."
                                .formatted(innermost(runtime)));
            }
        }
        return new MappedFailure(ExitCode.INTERNAL, null);
    }

    private static String unusable(InvalidPathException failure) {
        var path = failure.getInput();
        return "The path '%s' %s. Nothing was changed."
                .formatted(path, FileNameEncoding.problemOf(path, "is not a path: " + failure.getReason()));
    }

    private static List<String> details(Throwable failure) {
        return failure instanceof RefusedException refused
                ? refused.details()
                : failure instanceof UnsafeDirectoryException unsafe ? unsafe.problems() : List.of();
    }

    private static @Nullable ExitCode exitCode(Throwable failure) {
        if (failure instanceof CommandException command) {
            return command.exitCode();
        }
        return KNOWN.entrySet().stream()
                .filter(known -> known.getKey().isInstance(failure))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
