package dev.smsrunner.ledger;

/**
 * A process that may hold a lease.
 *
 * @param space machine and process-id space
 * @param started start of the process, in words that are the same whoever looks
 */
public record Holder(String host, String space, long pid, String started) {}
