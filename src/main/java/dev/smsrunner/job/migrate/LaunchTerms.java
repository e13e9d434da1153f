package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.RowWindows;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.Optional;

/** Checks a launch that this run did not send against the windows of its row and against {@code cutover.when: manual}; pure. */
final class LaunchTerms {

    private LaunchTerms() {}

    /**
     * Violated term; empty when there is none.
     *
     * @param bySms whether SMS launched the target by itself, as far as is known
     * @param observedAt time of the first observation of the launch
     */
    static Optional<String> violation(LedgerRow row, CutoverPlan plan, boolean bySms, Instant observedAt) {
        var windows = plan.windowsOf(row);
        if (windows.containing(observedAt).isEmpty() && !windows.windows().isEmpty()) {
            return Optional.of(describe(windows, plan, observedAt));
        }
        return plan.when() == CutoverSettings.LaunchMode.MANUAL && bySms
                ? Optional.of("launched although launches are left to the operator (cutover.when: manual)")
                : Optional.empty();
    }

    /** Names the nearest edge: the close of the window before, else the opening of the first one. */
    private static String describe(RowWindows windows, CutoverPlan plan, Instant observedAt) {
        var before = windows.windows().stream()
                .filter(window -> !observedAt.isBefore(window.close()))
                .reduce((first, second) -> second);
        var text = before.map(window ->
                        "launched after %s closed at %s".formatted(window.label(), plan.format(window.close())))
                .orElseGet(() -> {
                    var first = windows.windows().get(0);
                    return "launched before %s opened at %s".formatted(first.label(), plan.format(first.open()));
                });
        return "%s, observed at %s".formatted(text, plan.format(observedAt));
    }
}
