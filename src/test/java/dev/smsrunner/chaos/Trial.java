package dev.smsrunner.chaos;

/** A disturbance of the product at work, with checks afterwards. */
@FunctionalInterface
interface Trial {

    void on(TrialSetup setup, TrialFindings findings);
}
