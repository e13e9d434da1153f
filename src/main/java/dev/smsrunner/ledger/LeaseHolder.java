package dev.smsrunner.ledger;

/**
 * A process that may hold a lease.
 *
 * @param space machine and process-id space; {@code unknown} when this is not certain
 * @param started start of the process, in words that are the same whoever looks: {@code ticks=} and the clock ticks since the
 *     boot on Linux, an instant elsewhere and in leases of earlier versions, {@code unknown} when it cannot be read
 */
public record LeaseHolder(String host, String space, long pid, String started) {}
