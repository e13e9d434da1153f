package dev.smsrunner.job.action;

import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Observation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Set;

/** Preflight of the job {@code action}, by the same table as the decisions of the run. */
final class ActionPreflight {

    private ActionPreflight() {}

    /** Assesses one row with its source server. */
    static SourceMatcher.Assessment assess(SourceMatcher.Candidate candidate, Instant now) {
        var action = Action.of(candidate.row());
        var rule = action.rule();
        var observed = Observation.of(candidate.source(), now);
        var phase = ActionPhase.of(observed);
        var findings = new ArrayList<Finding>();
        if (!ActionRule.isKnown(action.operation())) {
            findings.add(Finding.warning(
                    "This version does not know the operation %s. The job file allows it: it is sent, and counts as done when"
                            + " it is accepted.",
                    action.operation()));
        }
        if (candidate.taskId() == null) {
            findings.add(Finding.nothingToDo("not applicable: the source has no migration task."));
        } else if (Set.of(ActionRule.BeforeCall.REACHED, ActionRule.BeforeCall.NOT_APPLICABLE)
                        .contains(rule.beforeCall(phase))
                && phase != ActionPhase.NO_TASK) {
            findings.add(Finding.nothingToDo("%s.", ActionDecision.reasonNotSent(rule, phase, observed)));
        } else if (Boolean.FALSE.equals(candidate.source().connected())) {
            findings.add(Finding.error(
                    "The agent of source %s is disconnected (SMS.6603). Start the agent on the server, then rerun.",
                    candidate.source().id()));
        }
        return new SourceMatcher.Assessment(
                findings,
                "send %s to task %s (%s)"
                        .formatted(
                                action.operation(),
                                candidate.taskId(),
                                observed.states().text()),
                null);
    }
}
