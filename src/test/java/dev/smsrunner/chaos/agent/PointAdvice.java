package dev.smsrunner.chaos.agent;

import dev.smsrunner.ledger.LedgerWrite;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Byte Buddy advice that adds kill points to methods of the product. */
public final class PointAdvice {

    private PointAdvice() {}

    /** Marks the parameter that receives the kind of the point. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Kind {}

    /** A point at the start of a method. */
    public static final class Before {
        private Before() {}

        @Advice.OnMethodEnter
        static void at(@Kind String kind) {
            Points.at(kind);
        }
    }

    /** A point at the end of a successful method. */
    public static final class After {
        private After() {}

        @Advice.OnMethodExit
        static void at(@Kind String kind) {
            Points.at(kind);
        }
    }

    /** The points around a write of the ledger. */
    public static final class OfLedger {
        private OfLedger() {}

        @Advice.OnMethodEnter
        static void before(@Advice.Argument(1) List<LedgerWrite> entries) {
            Points.ofLedger(entries, "about to be committed");
        }

        @Advice.OnMethodExit
        static void after(@Advice.Argument(1) List<LedgerWrite> entries) {
            Points.ofLedger(entries, "committed");
        }
    }
}
