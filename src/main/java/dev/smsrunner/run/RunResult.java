package dev.smsrunner.run;

import dev.smsrunner.report.ReportFiles;
import org.jspecify.annotations.Nullable;

/**
 * Result of a run.
 *
 * @param message reason for an early end with the remedy, null when every row has ended
 * @param report written report files, null when they could not be written; the message contains the reason
 */
public record RunResult(
        String runId,
        Ending ending,
        @Nullable String message,
        @Nullable ReportFiles report) {

    /** Ending of a run. */
    public enum Ending {
        /** Every row has ended. */
        FINISHED,
        /** Stopped by the operator; resumable. */
        STOPPED,
        /** Another process works on the run now. */
        TAKEN_OVER,
        /** Standby: another process has ended the run. */
        ENDED_ELSEWHERE,
        /** Standby: an operator has stopped the run of another process; resumable. */
        STOPPED_ELSEWHERE,
        /** The service or the database was unreachable or rejected the credentials; resumable. */
        UNREACHABLE,
        /** {@code --strict}: preflight rejected rows, so nothing was started. */
        REJECTED,
        /** Internal error; resumable. */
        BROKEN
    }
}
