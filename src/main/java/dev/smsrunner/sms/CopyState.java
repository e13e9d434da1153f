package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * State of a source server: {@code state} of ListServers and ShowServer, {@code copystate} of UpdateCopyState (API reference
 * 2026-01-27). Editions of the page differ in letter case and in the word for initialising ({@code INIT}, {@code initialize},
 * {@code init}).
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
    /** A text that this version does not know: keep looking, never act upon it. */
    UNKNOWN,
    /** The answer said nothing. */
    ABSENT;

    /** Reads any letter case; {@code init} = {@code initialize}. Never null, never throws. */
    public static CopyState of(@Nullable String text) {
        String name = StateText.normal(text);
        return switch (name) {
            case "" -> ABSENT;
            case "INIT" -> INITIALIZE;
            default -> StateText.find(values(), name, UNKNOWN);
        };
    }

    /**
     * The target runs: launched, or launched and its snapshots removed. While they are being removed the cycle says so, which
     * stays {@link MigrationCycle#CUTOVERED}.
     */
    public boolean isLaunched() {
        return this == FINISHED || this == CLEARED;
    }
}
