package dev.smsrunner.chaos.agent;

import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DecisionPolicyBuilder;
import java.time.Duration;
import net.bytebuddy.asm.Advice;

/** Shortens the grace period of lost answers, since the calls of trials are shorter than real ones. */
public final class GraceAdvice {

    /** The property with the grace period in milliseconds. */
    public static final String PROPERTY = "trial.grace";

    private GraceAdvice() {}

    @Advice.OnMethodExit
    static void shorter(@Advice.Return(readOnly = false) DecisionPolicy returned) {
        long millis = Long.getLong(PROPERTY, returned.grace().toMillis());
        returned = DecisionPolicyBuilder.builder(returned)
                .grace(Duration.ofMillis(millis))
                .build();
    }
}
