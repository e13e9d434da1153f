package dev.smsrunner.cli;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CredentialsException;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.database.UnsafeDirectoryException;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.run.UnwritableDataException;
import dev.smsrunner.run.lease.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which failures a person can do something about, and the exit code of each. To make another known, add it to
 * {@link #KNOWN}: its message must say what happened and what to do.
 */
final class ExitCodeMapper {

    private static final Map<Class<? extends Throwable>, ExitCode> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(DatabaseException.class, ExitCode.UNREACHABLE);
        KNOWN.put(UnsafeDirectoryException.class, ExitCode.BAD_INPUT);
        KNOWN.put(DatabaseAwayException.class, ExitCode.UNREACHABLE);
        KNOWN.put(ReportException.class, ExitCode.BAD_INPUT);
        KNOWN.put(UnwritableDataException.class, ExitCode.UNREACHABLE);
        KNOWN.put(OwnershipLostException.class, ExitCode.REFUSED);
        KNOWN.put(RefusedException.class, ExitCode.REFUSED);
        KNOWN.put(CredentialsException.class, ExitCode.UNREACHABLE);
        KNOWN.put(ApiException.class, ExitCode.UNREACHABLE);
    }

    private ExitCodeMapper() {}

    /**
     * How a command that failed ends.
     *
     * @param message null when the failure is an internal error
     * @param details lines to be read after the message
     */
    record Ending(ExitCode exitCode, @Nullable String message, List<String> details) {

        Ending(ExitCode exitCode, @Nullable String message) {
            this(exitCode, message, List.of());
        }
    }

    /** Looks at the failure, then at its causes. */
    static Ending of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var exitCode = exitCode(cause);
            if (exitCode != null) {
                return new Ending(exitCode, String.valueOf(cause.getMessage()), details(cause));
            }
            if (cause instanceof RuntimeException runtime && DatabaseRetry.isTransient(runtime)) {
                return new Ending(
                        ExitCode.UNREACHABLE,
                        "The database does not answer: %s. Run the same command again when it is back."
                                .formatted(innermost(runtime)));
            }
        }
        return new Ending(ExitCode.INTERNAL, null);
    }

    private static List<String> details(Throwable failure) {
        return failure instanceof RefusedException refused
                ? refused.details()
                : failure instanceof UnsafeDirectoryException unsafe ? unsafe.problems() : List.of();
    }

    private static @Nullable ExitCode exitCode(Throwable failure) {
        if (failure instanceof CommandException ended) {
            return ended.exitCode();
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
