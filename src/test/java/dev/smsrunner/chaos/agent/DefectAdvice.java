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
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/** Advice for the methods of the product with seeded defects. */
public final class DefectAdvice {

    private DefectAdvice() {}

    /** The name of the defect. */
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Name {}

    /** The method does nothing and returns null, 0 or false. */
    public static final class SkippedMethod {
        private SkippedMethod() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean skip(@Name String name) {
            return Defects.on(name);
        }
    }

    /** The method always returns true. */
    public static final class AlwaysTrue {
        private AlwaysTrue() {}

        @Advice.OnMethodExit
        static void yes(@Name String name, @Advice.Return(readOnly = false) boolean returned) {
            returned = returned | Defects.on(name);
        }
    }

    /** The method always returns false. */
    public static final class AlwaysFalse {
        private AlwaysFalse() {}

        @Advice.OnMethodExit
        static void no(@Name String name, @Advice.Return(readOnly = false) boolean returned) {
            returned = returned & !Defects.on(name);
        }
    }

    /** The limit is never reached. */
    public static final class Room {
        private Room() {}

        @Advice.OnMethodExit
        static void room(@Name String name, @Advice.Return(readOnly = false) int returned) {
            returned = Defects.on(name) ? 1000 : returned;
        }
    }

    /** The method returns an empty optional. */
    public static final class EmptyResult {
        private EmptyResult() {}

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
    public static final class CallAnswer {
        private CallAnswer() {}

        @Advice.OnMethodExit
        static void answered(
                @Advice.Argument(0) MutatingCall.RemoteCall call,
                @Advice.Argument(1) Instant deadline,
                @Advice.Return(readOnly = false) CallResult returned) {
            returned = Defects.again(call, deadline, returned);
        }
    }

    /** Meaning of an answer. */
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

    /** Phase of the observed states. */
    public static final class Situations {
        private Situations() {}

        @Advice.OnMethodExit
        static void situation(@Advice.Return(readOnly = false) MigrationPhase returned) {
            returned = Defects.situation(returned);
        }
    }

    /** Refusal of a write without the lease. */
    public static final class Fences {
        private Fences() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void refused(@Advice.Thrown(readOnly = false) Throwable thrown) {
            thrown = Defects.unfenced(thrown);
        }
    }

    /** The rows of a report. */
    public static final class ReportRows {
        private ReportRows() {}

        @Advice.OnMethodExit
        static void reported(@Advice.Return(readOnly = false) RunReport returned) {
            List<ReportRow> rows = Defects.shortened("REPORTS_ALL_BUT_ONE_ROW", returned.rows());
            returned = new RunReport(returned.run(), rows);
        }
    }

    /** The rows of a rerun. */
    public static final class RerunRows {
        private RerunRows() {}

        @Advice.OnMethodExit
        static void repeated(
                @Name String name,
                @Advice.Argument(0) List<StoredInventoryLine> lines,
                @Advice.Return(readOnly = false) List<StoredInventoryLine> returned) {
            returned = Defects.on(name) ? lines : returned;
        }
    }

    /** Names are compared as written, ignoring only case. */
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

    /** Comparison of the targets of a row and its task. */
    public static final class TargetMatch {
        private TargetMatch() {}

        @Advice.OnMethodExit
        static void compared(@Name String name, @Advice.Return(readOnly = false) TargetComparison returned) {
            returned = Defects.on(name) ? Defects.alike() : returned;
        }
    }

    /** Retry-After of a refused call. */
    public static final class RetryAfter {
        private RetryAfter() {}

        @Advice.OnMethodEnter
        static void throttled(
                @Name String name, @Advice.Argument(value = 2, readOnly = false) @Nullable Duration retryAfter) {
            retryAfter = Defects.on(name) ? null : retryAfter;
        }
    }

    /** A report before it is written. */
    public static final class File {
        private File() {}

        @Advice.OnMethodEnter
        static void file(@Advice.Argument(0) Path file) {
            Defects.truncate(file);
        }
    }

    /** A run before its steps. */
    public static final class Confession {
        private Confession() {}

        @Advice.OnMethodEnter
        static void confess() {
            Defects.confess();
        }
    }
}
