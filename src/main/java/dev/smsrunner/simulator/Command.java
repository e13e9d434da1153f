package dev.smsrunner.simulator;

import java.time.Instant;

/**
 * An accepted operation on a task.
 *
 * @param at virtual time of acceptance
 * @param operation what was asked
 * @param comparing whether both sides are to be compared afterwards (is_need_consistency_check)
 * @param type type of the migration at that time
 */
record Command(Instant at, Operation operation, boolean comparing, String type) {}
