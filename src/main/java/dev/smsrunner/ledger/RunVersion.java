package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Version of a run, which shows any change without reading its rows.
 *
 * @param lastEvent number of the last event, 0 when there is none
 * @param writes number of transactions that have written the run's ledger
 * @param rows number of rows
 * @param pausedAt start of the pause of new starts, null when the run is not paused
 * @param strict whether one rejected row ends the run
 */
public record RunVersion(
        long lastEvent, long writes, int rows, @Nullable Instant pausedAt, boolean strict) {}
