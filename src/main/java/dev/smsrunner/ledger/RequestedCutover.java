package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Time of the launch that the inventory requests for one row.
 *
 * @param window name of the only window that the row may use; empty for none
 * @param notBefore earliest time of the launch; null for none
 */
public record RequestedCutover(String window, @Nullable Instant notBefore) {

    /** No request. */
    public static final RequestedCutover NONE = new RequestedCutover("", null);
}
