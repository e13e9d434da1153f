package dev.smsrunner.batch;

import dev.smsrunner.inventory.Plural;

/** {@code --strict}: preflight rejected rows, so the run does not start. Nothing was changed in the cloud. */
public final class RowsRejectedException extends RuntimeException {

    /**
     * @param rows number of rejected rows
     * @param first the first rejected row with its reason
     */
    public RowsRejectedException(long rows, String first) {
        super(
                "Preflight rejected %s and --strict is set, so nothing was started. First rejection: %s. Correct the rows and run again."
                        .formatted(Plural.of(rows, "row"), first));
    }
}
