package dev.smsrunner.simulator;

import org.jspecify.annotations.Nullable;

/**
 * Target of a leftover task on a source.
 *
 * @param serverId id of the existing server to overwrite, null for a new server
 * @param template template of the new server, null when the task has none
 * @param region id of the region
 * @param project id of the project
 * @param type MIGRATE_FILE or MIGRATE_BLOCK, null for the default of the operating system
 * @param publicNetwork whether the source uses the public network
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

    /** A new server in the region and project of the sample inventory. */
    static final LeftoverTarget USUAL =
            new LeftoverTarget(null, null, "ap-southeast-3", "0a1b2c3d4e5f60718293a4b5c6d7e8f9", null, null, null);
}
