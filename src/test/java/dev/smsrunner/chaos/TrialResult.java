package dev.smsrunner.chaos;

import org.jspecify.annotations.Nullable;

/**
 * Result of one trial.
 *
 * @param what name of the trial
 * @param detail details besides the seed, or null
 * @param millis duration
 */
record TrialResult(
        String what,
        DatabaseKind store,
        long seed,
        @Nullable String detail,
        TrialFindings findings,
        long millis) {

    @Override
    public String toString() {
        return "%s, %s, seed %d%s: %s (%.1f s)"
                .formatted(what, store, seed, detail == null ? "" : ", " + detail, verdict(), millis / 1e3);
    }

    private String verdict() {
        if (!findings.isEmpty()) {
            return "FOUND " + findings.checks();
        }
        return findings.isReached() ? "fine" : "not reached";
    }
}
