package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * State of a source server: {@code state} of ListServers and ShowServer, {@code copystate} of UpdateCopyState (API
 * reference 2026-01-27). Editions of the page differ in letter case and in the spelling of initialising ({@code INIT},
 * {@code initialize}, {@code init}).
 */
public enum CopyState {
    /** The environment check of the source failed. */
    UNAVAILABLE,
    WAITING,
    INITIALIZE,
    REPLICATE,
    SYNCING,
    STOPPING,
    STOPPED,
    SKIPPING,
    DELETING,
    ERROR,
    CLONING,
    /** The target server is being launched. */
    CUTOVERING,
    /** The target server has been launched. */
    FINISHED,
    CLEARING,
    CLEARED,
    CLEARFAILED,
    PREMIGREADY,
    PREMIGING,
    PREMIGED,
    PREMIGFAILED,
    /** Unknown text: keep polling, never act upon it. */
    UNKNOWN,
    /** No state in the answer. */
    ABSENT;

    /** Parses a state in any letter case; {@code init} = {@code initialize}. Never null, never throws. */
    public static CopyState of(@Nullable String text) {
        String name = StateText.normalize(text);
        return switch (name) {
            case "" -> ABSENT;
            case "INIT" -> INITIALIZE;
            default -> StateText.find(values(), name, UNKNOWN);
        };
    }

    /**
     * Whether the target runs: launched, or launched with its snapshots removed. During the removal the cycle stays
     * {@link MigrationCycle#CUTOVERED}.
     */
    public boolean isLaunched() {
        return this == FINISHED || this == CLEARED;
    }
}
