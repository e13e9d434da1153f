package dev.smsrunner.ledger;

/**
 * Process that may hold a lease.
 *
 * @param space machine and process-id space; {@code unknown} when uncertain
 * @param started start of the process, as the same text for every reader: {@code ticks=} and the clock ticks since the boot
 *     on Linux, an instant elsewhere and in leases of earlier versions, {@code unknown} when unreadable
 */
public record LeaseHolder(String host, String space, long pid, String started) {}
