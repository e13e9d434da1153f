package dev.smsrunner.ledger;

import java.util.Optional;

/** What a person may ask of a run under way. */
public enum ControlAction {
    /** End it; what goes on in the cloud goes on. */
    STOP,
    /** Begin nothing new; what is under way goes on. */
    PAUSE,
    /** Begin what is new again. */
    RESUME,
    /** Try a failed row again. */
    RETRY,
    /** Try every failed row again. */
    RETRY_ALL,
    /** Launch the target of a server that is in sync and waits for a person. */
    LAUNCH,
    /** Leave a row that is not under way in the cloud alone. */
    SKIP,
    /** Leave a row alone though it is under way in the cloud, which goes on; the person was told so. */
    SKIP_RUNNING;

    /** Whether it is about one row. */
    public boolean ofRow() {
        return this == RETRY || this == LAUNCH || this == SKIP || this == SKIP_RUNNING;
    }

    /** Why it cannot be done to the row as the row is now; empty when it can. */
    public Optional<String> refusal(Migration row) {
        return Optional.ofNullable(
                switch (this) {
                    case RETRY -> row.outcome() == Outcome.FAILED ? null : "%s has not failed".formatted(row.label());
                    case LAUNCH ->
                        row.outcome() == Outcome.SYNCED
                                ? null
                                : "%s does not wait for a launch by hand".formatted(row.label());
                    case SKIP ->
                        row.stage().underWay()
                                ? "%s is under way in the cloud by now".formatted(row.label())
                                : notSkippable(row);
                    case SKIP_RUNNING -> notSkippable(row);
                    case STOP, PAUSE, RESUME, RETRY_ALL -> null;
                });
    }

    private static @org.jspecify.annotations.Nullable String notSkippable(Migration row) {
        if (!row.open()) {
            return "%s is closed already".formatted(row.label());
        }
        boolean unclear = row.call() != null && row.call().state().undecided();
        return unclear ? "the answer of a call for %s was lost; ask again in a minute".formatted(row.label()) : null;
    }
}
