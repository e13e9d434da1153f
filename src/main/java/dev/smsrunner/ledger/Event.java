package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Recorded event, never changed afterwards.
 *
 * @param number counted from 1 per run, without gaps
 * @param token fencing token under which it was written
 * @param row number of the row, null when it concerns the run
 */
public record Event(
        long number,
        Instant at,
        long token,
        @Nullable Integer row,
        EventKind kind,
        @Nullable String before,
        @Nullable String after,
        @Nullable String detail,
        @Nullable String requestId) {}
