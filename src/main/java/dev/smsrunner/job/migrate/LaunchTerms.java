package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.jobfile.CutoverSettings;
import java.time.Instant;
import java.util.Optional;

/** Checks a launch that this run did not send against the window and against {@code cutover.when: manual}; pure. */
final class LaunchTerms {

    private LaunchTerms() {}

    /**
     * Violated term; empty when there is none.
     *
     * @param bySms whether SMS launched the target by itself, as far as is known
     * @param observedAt time of the first observation of the launch
     */
    static Optional<String> violation(CutoverPlan plan, boolean bySms, Instant observedAt) {
        var window = plan.window();
        if (window != null && observedAt.isBefore(window.open())) {
            return Optional.of("launched before the window opened at %s, observed at %s"
                    .formatted(plan.format(window.open()), plan.format(observedAt)));
        }
        if (window != null && !observedAt.isBefore(window.close())) {
            return Optional.of("launched after the window closed at %s, observed at %s"
                    .formatted(plan.format(window.close()), plan.format(observedAt)));
        }
        return plan.when() == CutoverSettings.LaunchMode.MANUAL && bySms
                ? Optional.of("launched although launches are left to the operator (cutover.when: manual)")
                : Optional.empty();
    }
}
