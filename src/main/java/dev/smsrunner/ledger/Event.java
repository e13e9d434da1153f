package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, never changed afterwards.
 *
 * @param number counted from 1 per run, without gaps
 * @param token the lease under which it was written
 * @param row the row it is about, null when it is about the run
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
