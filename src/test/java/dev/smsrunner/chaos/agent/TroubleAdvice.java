package dev.smsrunner.chaos.agent;

import java.time.Duration;
import java.time.Instant;
import net.bytebuddy.asm.Advice;

/** What is written into the methods of the product in which trouble may befall it. */
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

    /** The clock of an embedded database, which is that of the machine. */
    public static final class OfDatabase {
        private OfDatabase() {}

        @Advice.OnMethodEnter
        static void wall(@Advice.Argument(value = 1, readOnly = false) Instant now) {
            now = Troubles.set(now);
        }
    }

    /** How long work may stand still. */
    public static final class Limit {
        private Limit() {}

        @Advice.OnMethodExit
        static void limit(@Advice.Return(readOnly = false) Duration returned) {
            returned = Troubles.standstill(returned);
        }
    }
}
