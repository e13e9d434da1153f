package dev.smsrunner.chaos;

/**
 * A violation found by a trial.
 *
 * @param check name of the check, for example {@code one task per source}
 * @param evidence the violating server, row or call
 */
record TrialFinding(String check, String evidence) {

    @Override
    public String toString() {
        return check + ": " + evidence;
    }
}
