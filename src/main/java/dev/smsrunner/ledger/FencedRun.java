package dev.smsrunner.ledger;

/**
 * Who may write the ledger of a run.
 *
 * @param runId the run
 * @param token the fencing token of the lease under which the run is worked on
 */
public record FencedRun(String runId, long token) {}
