package dev.smsrunner.ledger;

/**
 * Run with the fencing token that its writes need.
 *
 * @param runId id of the run
 * @param token fencing token of the lease
 */
public record FencedRun(String runId, long token) {}
