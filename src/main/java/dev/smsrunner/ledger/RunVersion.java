package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether anything of a run has changed, without reading its rows.
 *
 * @param lastEvent number of the last event, 0 when there is none
 * @param writes how many transactions have written the run's ledger
 * @param rows how many rows it has
 * @param pausedAt since when new starts wait, null when they do not
 * @param strict whether one rejected row ends the run
 */
public record RunVersion(
        long lastEvent, long writes, int rows, @Nullable Instant pausedAt, boolean strict) {}
