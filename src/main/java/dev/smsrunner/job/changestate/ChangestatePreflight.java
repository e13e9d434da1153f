package dev.smsrunner.job.changestate;

import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Observation;
import java.time.Instant;
import java.util.ArrayList;

/** Preflight of the job {@code changestate}. */
final class ChangestatePreflight {

    private ChangestatePreflight() {}

    /** Assesses one row with its source server. */
    static SourceMatcher.Assessment assess(SourceMatcher.Candidate candidate, Instant now) {
        var desired = DesiredState.of(candidate.row());
        var observed = Observation.of(candidate.source(), now);
        var findings = new ArrayList<Finding>();
        if (desired.matches(observed)) {
            findings.add(Finding.nothingToDo("%s.", ChangestateDecision.nothingToDo(desired)));
        } else if (ChangestateDecision.isIneffective(observed.copy())) {
            findings.add(Finding.warning(
                    "SMS documents that a change has no effect while the source is %s.",
                    observed.states().copyState()));
        }
        if (desired.copystate() == null) {
            findings.add(Finding.warning(
                    "The row has no copystate. SMS pages since 2026-01 require it with migrationcycle, older pages do not. Set"
                            + " copystate; the source has %s now.",
                    observed.states().copyState()));
        }
        return new SourceMatcher.Assessment(
                findings,
                "change source %s from copy state %s, cycle %s to %s"
                        .formatted(
                                candidate.source().id(),
                                observed.states().copyState(),
                                observed.states().migrationCycle(),
                                desired.text()),
                null);
    }
}
