package dev.smsrunner.chaos;

/**
 * Something that must not be.
 *
 * @param check what found it, for example {@code one task per source}
 * @param evidence the server, row or call that shows it
 */
record TrialFinding(String check, String evidence) {

    @Override
    public String toString() {
        return check + ": " + evidence;
    }
}
