package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;

/**
 * An accepted operation on a task.
 *
 * @param at virtual time at which it takes effect
 * @param operation what was asked
 * @param comparing whether both sides are to be compared afterwards (is_need_consistency_check)
 * @param type type of the migration at that time
 */
record TaskCommand(Instant at, ServedOperation operation, boolean comparing, String type) {

    /** The same, carried out that much later. */
    TaskCommand later(Duration wait) {
        return new TaskCommand(at.plus(wait), operation, comparing, type);
    }
}
