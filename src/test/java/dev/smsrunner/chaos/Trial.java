package dev.smsrunner.chaos;

/** One thing that is done to the product while it works; what must hold afterwards is noted as found. */
@FunctionalInterface
interface Trial {

    void on(TrialSetup ground, TrialFindings findings);
}
