package dev.smsrunner.run;

/** {@code --strict}: preflight rejected rows, so the run does not begin. Nothing was changed in the cloud. */
public final class RowsRejectedException extends RuntimeException {

    /** Says how many rows were rejected, and the first of them. */
    public RowsRejectedException(long rows, String first) {
        super(
                "Preflight rejected %d rows and --strict is set, so nothing was begun. The first: %s. Correct the rows and run again."
                        .formatted(rows, first));
    }
}
