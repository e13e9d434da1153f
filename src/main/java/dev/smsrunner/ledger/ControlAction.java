package dev.smsrunner.ledger;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Actions that an operator may request of a run. */
public enum ControlAction {
    /** End the run; SMS continues the copies under way. */
    STOP,
    /** Start no copy and launch no target; copies under way continue. */
    PAUSE,
    /** Start copies and launch targets again. */
    RESUME,
    /** Reopen a failed row. */
    RETRY,
    /** Reopen every failed row. */
    RETRY_ALL,
    /** Launch the target of a server that is in sync and waits for an operator. */
    LAUNCH,
    /**
     * The same launch, although a dependency or an earlier wave has not reached its goal, or files differ from the source.
     */
    LAUNCH_FORCED,
    /** End a row that is not under way in the cloud. */
    SKIP,
    /** End a row that is under way; SMS continues its work for the server, as the operator has confirmed. */
    SKIP_RUNNING,
    /** Let the rows of a gate pass. */
    APPROVE,
    /** Hold the rows of a gate. */
    DENY;

    /** Outcomes of rows that can be skipped, which frees the rows that depend on them. */
    private static final Set<Outcome> SKIPPABLE_OUTCOMES =
            EnumSet.of(Outcome.FAILED, Outcome.REJECTED, Outcome.NOT_LAUNCHED);

    /** Whether the action concerns one row. */
    public boolean isForRow() {
        return switch (this) {
            case RETRY, LAUNCH, LAUNCH_FORCED, SKIP, SKIP_RUNNING -> true;
            case STOP, PAUSE, RESUME, RETRY_ALL, APPROVE, DENY -> false;
        };
    }

    /** Whether the action answers a gate. */
    public boolean isGateAnswer() {
        return this == APPROVE || this == DENY;
    }

    /** Whether the action launches a target. */
    public boolean isLaunch() {
        return this == LAUNCH || this == LAUNCH_FORCED;
    }

    /** Refusal for the current state of the row; empty when the action is allowed. */
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
                                ? "%s is already under way in the cloud".formatted(row.label())
                                : skipRefusal(row);
                    case SKIP_RUNNING -> skipRefusal(row);
                    case STOP, PAUSE, RESUME, RETRY_ALL, APPROVE, DENY -> null;
                });
    }

    /** Whether the row is in sync and not launched: at the goal of a job with manual launches, blocked, or given up. */
    private static boolean waitsForLaunch(LedgerRow row) {
        boolean inSync = row.milestones().replicatedAt() != null;
        return row.outcome() == Outcome.SYNCED
                || row.outcome() == Outcome.NOT_LAUNCHED && inSync
                || row.stage() == Stage.SYNCING;
    }

    private static String notInSyncText(LedgerRow row) {
        var copyState = row.observed().copyState();
        return "%s does not wait for a manual launch: its stage is %s%s, its copy state %s. %s"
                .formatted(
                        row.label(),
                        row.stage(),
                        row.outcome() == null ? "" : " (" + row.outcome() + ")",
                        copyState == null || copyState.isBlank() ? "unknown" : copyState,
                        launchRemedy(row));
    }

    private static String launchRemedy(LedgerRow row) {
        if (row.stage() == Stage.LAUNCHING) {
            return "Wait for the end of the launch that is under way";
        }
        var outcome = row.outcome();
        if (outcome == null) {
            return "Wait until its stage is SYNCING";
        }
        return switch (outcome) {
            case MIGRATED -> "Leave it: its target runs";
            case FAILED, NOT_LAUNCHED -> "Retry it first, then launch it when its stage is SYNCING";
            default -> "Rerun it to migrate it";
        };
    }

    private static @Nullable String skipRefusal(LedgerRow row) {
        if (!row.isOpen() && !SKIPPABLE_OUTCOMES.contains(row.outcome())) {
            return "%s has already ended".formatted(row.label());
        }
        return row.hasUndecidedCall()
                ? "the answer of a call for %s was lost; repeat the request in a minute".formatted(row.label())
                : null;
    }
}
