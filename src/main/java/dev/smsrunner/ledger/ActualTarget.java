package dev.smsrunner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Target of a task as the service shows it; each value is null when it is not shown.
 *
 * @param existing whether the target server is an existing one
 * @param serverId id of the target server, also of a server that SMS created from a template
 * @param region id of its region
 * @param project id of its project
 */
public record ActualTarget(
        @Nullable Boolean existing,
        @Nullable String serverId,
        @Nullable String region,
        @Nullable String project) {}
