package dev.smsrunner.simulator;

import java.time.Instant;

/**
 * An accepted operation on a task.
 *
 * @param at virtual time of acceptance
 * @param operation what was asked
 */
record Command(Instant at, Operation operation) {}
