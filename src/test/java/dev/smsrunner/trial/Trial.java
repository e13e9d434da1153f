package dev.smsrunner.trial;

/** One thing that is done to the product while it works; what must hold afterwards is noted as found. */
@FunctionalInterface
interface Trial {

    void on(Ground ground, Findings findings);
}
