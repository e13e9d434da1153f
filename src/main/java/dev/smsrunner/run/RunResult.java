package dev.smsrunner.run;

import dev.smsrunner.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param message why it ended early and what to do, null when every row is closed
 * @param report where the reports are, null when they could not be written; the message says why
 */
public record RunResult(
        String runId,
        Ending ending,
        @Nullable String message,
        @Nullable ReportFiles report) {

    /** The ways in which a run ends. */
    public enum Ending {
        /** Every row is closed. */
        FINISHED,
        /** Stopped by a person; resumable. */
        STOPPED,
        /** Another process works on it now. */
        TAKEN_OVER,
        /** The service or the database refused us or could not be reached; resumable. */
        UNREACHABLE,
        /** {@code --strict}: preflight rejected rows, so nothing was begun. */
        REJECTED,
        /** Something that should not happen; resumable. */
        BROKEN
    }
}
