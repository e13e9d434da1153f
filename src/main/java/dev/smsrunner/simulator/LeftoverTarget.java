package dev.smsrunner.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Where the task that somebody left on a source leads.
 *
 * @param serverId id of the existing server that it overwrites, null when it makes a new one
 * @param template that the new server is made of, null when the task names none
 * @param region id of the region
 * @param project id of the project
 * @param type MIGRATE_FILE or MIGRATE_BLOCK, null for the usual one of the system
 * @param publicNetwork whether the source reaches it by the public network
 * @param migrationIp address of the existing server, null without one
 */
record LeftoverTarget(
        @Nullable String serverId,
        @Nullable String template,
        String region,
        String project,
        @Nullable String type,
        @Nullable Boolean publicNetwork,
        @Nullable String migrationIp) {

    /** A new server where the sample inventory wants its servers. */
    static final LeftoverTarget USUAL =
            new LeftoverTarget(null, null, "ap-southeast-3", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", null, null, null);
}
