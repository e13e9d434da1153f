package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.jobfile.CutoverSettings;
import java.time.Instant;
import java.util.Optional;

/** What the window, or a launch that is left to a person, says against a launch that this run did not send; pure. */
final class LaunchTerms {

    private LaunchTerms() {}

    /**
     * The term that the launch broke, for people; empty when it broke none.
     *
     * @param bySms whether SMS launched the target by itself, as far as is known
     * @param seenAt when the launch was seen for the first time
     */
    static Optional<String> against(CutoverPlan plan, boolean bySms, Instant seenAt) {
        var window = plan.window();
        if (window != null && seenAt.isBefore(window.open())) {
            return Optional.of("launched before the window opened at %s, seen at %s"
                    .formatted(plan.format(window.open()), plan.format(seenAt)));
        }
        if (window != null && !seenAt.isBefore(window.close())) {
            return Optional.of("launched after the window closed at %s, seen at %s"
                    .formatted(plan.format(window.close()), plan.format(seenAt)));
        }
        return plan.when() == CutoverSettings.When.MANUAL && bySms
                ? Optional.of("launched although the launch was left to a person (cutover.when: manual)")
                : Optional.empty();
    }
}
