package dev.smsrunner.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The findings of one trial. */
final class TrialFindings {

    private final List<TrialFinding> found = new ArrayList<>();
    private boolean reached = true;

    /** Adds a finding unless the condition holds. */
    TrialFindings holds(boolean holds, String check, Object evidence) {
        if (!holds) {
            found.add(new TrialFinding(check, String.valueOf(evidence)));
        }
        return this;
    }

    /** Adds a finding if the values differ. */
    TrialFindings same(Object is, Object mustBe, String check) {
        return holds(mustBe.equals(is), check, "is " + is + ", must be " + mustBe);
    }

    /** Adds a finding if the step fails. */
    TrialFindings works(String check, Runnable step) {
        try {
            step.run();
        } catch (AssertionError | RuntimeException ex) {
            found.add(new TrialFinding(check, String.valueOf(ex.getMessage())));
        }
        return this;
    }

    /** Records that the run ended without its disturbance, which proves nothing. */
    void markNotReached() {
        reached = false;
    }

    /** Whether the disturbance took place. */
    boolean isReached() {
        return reached;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    List<TrialFinding> all() {
        return List.copyOf(found);
    }

    /** The distinct names of the checks. */
    String checks() {
        return found.stream().map(TrialFinding::check).distinct().collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return found.stream().map(TrialFinding::toString).collect(Collectors.joining("\n"));
    }
}
