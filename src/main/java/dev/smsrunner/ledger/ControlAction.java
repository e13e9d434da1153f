package dev.smsrunner.ledger;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** What a person may ask of a run under way. */
public enum ControlAction {
    /** End the run; SMS continues the copies under way. */
    STOP,
    /** Start no copy and launch no target; copies under way continue. */
    PAUSE,
    /** Start copies and launch targets again. */
    RESUME,
    /** Try a failed row again. */
    RETRY,
    /** Try every failed row again. */
    RETRY_ALL,
    /** Launch the target of a server that is in sync and waits for a person. */
    LAUNCH,
    /**
     * The same, although a server that it depends on or a wave before its own is not there yet, or its files differ from those of
     * its source.
     */
    LAUNCH_FORCED,
    /** Close a row that is not under way in the cloud. */
    SKIP,
    /** Close a row that is under way; SMS continues its work for the server, as the operator has confirmed. */
    SKIP_RUNNING;

    /** A row that ended so can be skipped, which frees those that depend on it. */
    private static final Set<Outcome> SKIPPABLE_OUTCOMES =
            EnumSet.of(Outcome.FAILED, Outcome.REJECTED, Outcome.NOT_LAUNCHED);

    /** Whether it is about one row. */
    public boolean isForRow() {
        return switch (this) {
            case RETRY, LAUNCH, LAUNCH_FORCED, SKIP, SKIP_RUNNING -> true;
            case STOP, PAUSE, RESUME, RETRY_ALL -> false;
        };
    }

    /** Whether it asks for the launch of a target. */
    public boolean isLaunch() {
        return this == LAUNCH || this == LAUNCH_FORCED;
    }

    /** Why it cannot be done to the row as the row is now; empty when it can. */
    public Optional<String> refusal(LedgerRow row) {
        return Optional.ofNullable(
                switch (this) {
                    case RETRY ->
                        row.outcome() == Outcome.FAILED || row.outcome() == Outcome.NOT_LAUNCHED
                                ? null
                                : "%s has not failed".formatted(row.label());
                    case LAUNCH, LAUNCH_FORCED -> waitsForLaunch(row) ? null : notInSyncText(row);
                    case SKIP ->
                        row.stage().isUnderWay()
                                ? "%s is under way in the cloud by now".formatted(row.label())
                                : skipRefusal(row);
                    case SKIP_RUNNING -> skipRefusal(row);
                    case STOP, PAUSE, RESUME, RETRY_ALL -> null;
                });
    }

    /** In sync and not launched: at the goal of a job that leaves launches to people, held, or given up. */
    private static boolean waitsForLaunch(LedgerRow row) {
        boolean inSync = row.milestones().replicatedAt() != null;
        return row.outcome() == Outcome.SYNCED
                || row.outcome() == Outcome.NOT_LAUNCHED && inSync
                || row.stage() == Stage.SYNCING;
    }

    private static String notInSyncText(LedgerRow row) {
        var copyState = row.observed().copyState();
        return "%s does not wait for a launch by hand: its stage is %s%s, its copy state %s. %s"
                .formatted(
                        row.label(),
                        row.stage(),
                        row.outcome() == null ? "" : " (" + row.outcome() + ")",
                        copyState == null || copyState.isBlank() ? "not known" : copyState,
                        launchRemedy(row));
    }

    private static String launchRemedy(LedgerRow row) {
        if (row.stage() == Stage.LAUNCHING) {
            return "Wait for the end of the launch that is under way";
        }
        if (row.isOpen()) {
            return "Wait until its stage is SYNCING";
        }
        return switch (row.outcome()) {
            case MIGRATED -> "Leave it: its target runs";
            case FAILED, NOT_LAUNCHED -> "Retry it first, then launch it when its stage is SYNCING";
            default -> "Rerun it if it is to be migrated";
        };
    }

    private static @org.jspecify.annotations.Nullable String skipRefusal(LedgerRow row) {
        if (!row.isOpen() && !SKIPPABLE_OUTCOMES.contains(row.outcome())) {
            return "%s is closed already".formatted(row.label());
        }
        boolean unclear = row.call() != null && row.call().state().isUndecided();
        return unclear ? "the answer of a call for %s was lost; ask again in a minute".formatted(row.label()) : null;
    }
}
