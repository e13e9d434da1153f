package dev.smsrunner.preflight;

import dev.smsrunner.ledger.LedgerWrite;
import org.jspecify.annotations.Nullable;

/**
 * Row with its preflight result, to be written.
 *
 * @param facts facts for later stages, as JSON; null when there are none
 */
public record ExaminedRow(LedgerWrite write, @Nullable String facts) {

    /** Whether the row continues; a row that preflight rejects or skips has ended. */
    boolean isAccepted() {
        return write.row().isOpen();
    }
}
