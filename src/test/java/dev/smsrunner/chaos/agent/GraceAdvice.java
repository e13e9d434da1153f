package dev.smsrunner.chaos.agent;

import dev.smsrunner.reconcile.DecisionPolicy;
import java.time.Duration;
import net.bytebuddy.asm.Advice;

/** Shortens the wait before a lost answer is looked up: no trial has a call that takes as long as a real one may. */
public final class GraceAdvice {

    /** The grace in milliseconds, when it is not to be the product's own. */
    public static final String PROPERTY = "trial.grace";

    private GraceAdvice() {}

    @Advice.OnMethodExit
    static void shorter(@Advice.Return(readOnly = false) DecisionPolicy returned) {
        long millis = Long.getLong(PROPERTY, returned.grace().toMillis());
        returned = new DecisionPolicy(
                returned.when(),
                returned.window(),
                returned.restarts(),
                returned.stalledAfter(),
                returned.giveUpAfter(),
                Duration.ofMillis(millis),
                returned.settle());
    }
}
