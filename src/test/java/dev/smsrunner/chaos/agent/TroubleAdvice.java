package dev.smsrunner.chaos.agent;

import java.time.Duration;
import java.time.Instant;
import net.bytebuddy.asm.Advice;

/** Advice for the methods of the product with process faults. */
public final class TroubleAdvice {

    private TroubleAdvice() {}

    /** The clock of the machine. */
    public static final class Wall {
        private Wall() {}

        @Advice.OnMethodExit
        static void wall(@Advice.Return(readOnly = false) Instant returned) {
            returned = Troubles.set(returned);
        }
    }

    /** The clock of the embedded database, which reads the system clock. */
    public static final class OfDatabase {
        private OfDatabase() {}

        @Advice.OnMethodEnter
        static void wall(@Advice.Argument(value = 1, readOnly = false) Instant now) {
            now = Troubles.set(now);
        }
    }

    /** Limit of the watchdog. */
    public static final class Limit {
        private Limit() {}

        @Advice.OnMethodExit
        static void limit(@Advice.Return(readOnly = false) Duration returned) {
            returned = Troubles.standstill(returned);
        }
    }
}
