package dev.smsrunner.chaos.agent;

import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.target.TargetComparison;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** What is written into the methods of the product where a defect may be switched on. */
public final class DefectAdvice {

    private DefectAdvice() {}

    /** The name of the defect. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Name {}

    /** The method does nothing and returns null, 0 or false. */
    public static final class Nothing {
        private Nothing() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip(@Name String name) {
            return Defects.on(name);
        }
    }

    /** The method returns true, whatever it did. */
    public static final class Yes {
        private Yes() {}

        @Advice.OnMethodExit
        static void yes(@Name String name, @Advice.Return(readOnly = false) boolean returned) {
            returned = returned | Defects.on(name);
        }
    }

    /** The method returns false, whatever it did. */
    public static final class No {
        private No() {}

        @Advice.OnMethodExit
        static void no(@Name String name, @Advice.Return(readOnly = false) boolean returned) {
            returned = returned & !Defects.on(name);
        }
    }

    /** There is always room. */
    public static final class Room {
        private Room() {}

        @Advice.OnMethodExit
        static void room(@Name String name, @Advice.Return(readOnly = false) int returned) {
            returned = Defects.on(name) ? 1000 : returned;
        }
    }

    /** Nothing is found. */
    public static final class Empty {
        private Empty() {}

        @Advice.OnMethodExit
        static void empty(
                @Name String name,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Optional<?> returned) {
            returned = Defects.on(name) ? Optional.empty() : returned;
        }
    }

    /** Entries of the ledger. */
    public static final class Entries {
        private Entries() {}

        @Advice.OnMethodEnter
        static void entries(@Advice.Argument(value = 1, readOnly = false) List<LedgerWrite> entries) {
            entries = Defects.entries(entries);
        }
    }

    /** Rows of the inventory on their way into the ledger. */
    public static final class Rows {
        private Rows() {}

        @Advice.OnMethodEnter
        static void rows(
                @Advice.Argument(value = 1, readOnly = false) List<LedgerRow> rows,
                @Advice.Argument(value = 2, readOnly = false) List<StoredInventoryLine> lines) {
            rows = Defects.shortened("FORGETS_A_ROW", rows);
            lines = Defects.shortened("FORGETS_A_ROW", lines);
        }
    }

    /** The answer of a call. */
    public static final class Answered {
        private Answered() {}

        @Advice.OnMethodExit
        static void answered(
                @Advice.Argument(0) MutatingCall.RemoteCall call,
                @Advice.Return(readOnly = false) CallResult returned) {
            returned = Defects.again(call, returned);
        }
    }

    /** What an answer means. */
    public static final class Meaning {
        private Meaning() {}

        @Advice.OnMethodExit
        static void meaning(@Advice.Return(readOnly = false) CallState returned) {
            returned = Defects.verdict(returned);
        }
    }

    /** Changes on their way to the cloud. */
    public static final class Changes {
        private Changes() {}

        @Advice.OnMethodEnter
        static void changes(@Advice.Argument(value = 0, readOnly = false) List<MutatingCall> changes) {
            changes = Defects.changes(changes);
        }
    }

    /** What the states mean. */
    public static final class Situations {
        private Situations() {}

        @Advice.OnMethodExit
        static void situation(@Advice.Return(readOnly = false) MigrationPhase returned) {
            returned = Defects.situation(returned);
        }
    }

    /** Whether a write of who lost the lease is refused. */
    public static final class Fences {
        private Fences() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void refused(@Advice.Thrown(readOnly = false) Throwable thrown) {
            thrown = Defects.unfenced(thrown);
        }
    }

    /** The rows of a report. */
    public static final class Reported {
        private Reported() {}

        @Advice.OnMethodExit
        static void reported(@Advice.Return(readOnly = false) RunReport returned) {
            List<ReportRow> rows = Defects.shortened("REPORTS_ALL_BUT_ONE_ROW", returned.rows());
            returned = new RunReport(returned.run(), rows);
        }
    }

    /** The rows that a rerun repeats. */
    public static final class Repeated {
        private Repeated() {}

        @Advice.OnMethodExit
        static void repeated(
                @Name String name,
                @Advice.Argument(0) List<StoredInventoryLine> lines,
                @Advice.Return(readOnly = false) List<StoredInventoryLine> returned) {
            returned = Defects.on(name) ? lines : returned;
        }
    }

    /** A name is compared as it is written, but for its case. */
    public static final class Spelling {
        private Spelling() {}

        @Advice.OnMethodExit
        static void spelling(
                @Name String name,
                @Advice.Argument(0) String written,
                @Advice.Return(readOnly = false) String returned) {
            returned = Defects.on(name) ? written.toLowerCase(Locale.ROOT) : returned;
        }
    }

    /** Where a row and its task lead. */
    public static final class Compared {
        private Compared() {}

        @Advice.OnMethodExit
        static void compared(@Name String name, @Advice.Return(readOnly = false) TargetComparison returned) {
            returned = Defects.on(name) ? Defects.alike() : returned;
        }
    }

    /** What the service asked for when it refused a call. */
    public static final class Throttled {
        private Throttled() {}

        @Advice.OnMethodEnter
        static void throttled(
                @Name String name, @Advice.Argument(value = 2, readOnly = false) @Nullable Duration retryAfter) {
            retryAfter = Defects.on(name) ? null : retryAfter;
        }
    }

    /** A report about to be written. */
    public static final class File {
        private File() {}

        @Advice.OnMethodEnter
        static void file(@Advice.Argument(0) Path file) {
            Defects.truncate(file);
        }
    }

    /** A run about to be worked on. */
    public static final class Confession {
        private Confession() {}

        @Advice.OnMethodEnter
        static void confess() {
            Defects.confess();
        }
    }
}
