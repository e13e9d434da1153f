package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * An accepted operation on a task.
 *
 * @param at virtual time at which it takes effect
 * @param operation requested operation
 * @param comparing whether to compare both sides afterwards (is_need_consistency_check)
 * @param type type of the migration at that time
 */
record TaskCommand(Instant at, ServedOperation operation, boolean comparing, String type) {

    /** The same command with a later effect. */
    TaskCommand later(Duration wait) {
        return new TaskCommand(at.plus(wait), operation, comparing, type);
    }
}
