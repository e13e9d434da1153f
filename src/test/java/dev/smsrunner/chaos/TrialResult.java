package dev.smsrunner.chaos;

import org.jspecify.annotations.Nullable;

/**
 * How one trial went.
 *
 * @param what it was
 * @param detail more about it, null when the seed says all
 * @param millis how long it took
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
                .formatted(
                        what,
                        store,
                        seed,
                        detail == null ? "" : ", " + detail,
                        findings.isEmpty() ? "fine" : "FOUND " + findings.checks(),
                        millis / 1e3);
    }
}
