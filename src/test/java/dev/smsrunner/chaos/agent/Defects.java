package dev.smsrunner.chaos.agent;

import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.target.TargetComparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The seeded defects of the product, of which a system property switches one on. */
public final class Defects {

    /** The defect that is switched on, by its name. */
    public static final String PROPERTY = "trial.defect";

    private static final String ON = System.getProperty(PROPERTY, "");

    private Defects() {}

    /** Whether the product is to have this defect. */
    public static boolean on(String name) {
        return ON.equals(name);
    }

    /** What the ledger is really given of the entries. */
    public static List<LedgerWrite> entries(List<LedgerWrite> entries) {
        return switch (ON) {
            case "SKIPS_THE_INTENT" ->
                entries.stream().filter(entry -> !in(entry, CallState.OPEN)).toList();
            case "FORGETS_THE_OUTCOME" ->
                entries.stream()
                        .map(entry ->
                                in(entry, CallState.DONE) ? new LedgerWrite(entry.row(), entry.events(), null) : entry)
                        .toList();
            case "WRITES_NO_EVENT" ->
                entries.stream().map(Defects::withoutStages).toList();
            default -> entries;
        };
    }

    private static boolean in(LedgerWrite entry, CallState state) {
        return entry.intent() != null && entry.intent().state() == state;
    }

    private static LedgerWrite withoutStages(LedgerWrite entry) {
        return new LedgerWrite(
                entry.row(),
                entry.events().stream()
                        .filter(event -> event.kind() != EventKind.STAGE)
                        .toList(),
                entry.intent());
    }

    /** Sends a call without a clear answer again at once. */
    public static CallResult again(MutatingCall.RemoteCall call, CallResult answer) {
        if (!on("RESENDS_BLINDLY") || answer.state() != CallState.UNKNOWN) {
            return answer;
        }
        try {
            return new CallResult(CallState.DONE, call.send(), null, null);
        } catch (RuntimeException ex) {
            return answer;
        }
    }

    /** Takes an unclear answer for a failure. */
    public static CallState verdict(CallState state) {
        return on("TAKES_UNKNOWN_FOR_FAILED") && state == CallState.UNKNOWN ? CallState.REFUSED : state;
    }

    /** Sends each start twice. */
    public static List<MutatingCall> changes(List<MutatingCall> changes) {
        if (!on("STARTS_TWICE")) {
            return changes;
        }
        var all = new ArrayList<MutatingCall>();
        for (var change : changes) {
            all.add(change.operation() == Operation.START ? twice(change) : change);
        }
        return all;
    }

    private static MutatingCall twice(MutatingCall change) {
        return new MutatingCall(
                change.row(),
                change.operation(),
                change.target(),
                () -> {
                    change.remoteCall().send();
                    return change.remoteCall().send();
                },
                change.onResult());
    }

    /** Reads a state for another one. */
    public static MigrationPhase situation(MigrationPhase seen) {
        return switch (ON) {
            case "ACTS_ON_AN_UNKNOWN_STATE" -> seen == MigrationPhase.UNKNOWN ? MigrationPhase.SYNCED : seen;
            case "LAUNCHES_BEFORE_IT_IS_IN_SYNC" -> seen == MigrationPhase.COPYING ? MigrationPhase.SYNCED : seen;
            case "CALLS_A_COPY_A_MIGRATION" -> seen == MigrationPhase.SYNCED ? MigrationPhase.FINISHED : seen;
            default -> seen;
        };
    }

    /** The comparison of a row and a task that do not differ. */
    public static TargetComparison alike() {
        return new TargetComparison(List.of(), true);
    }

    /** All but the last. */
    public static <T> List<T> shortened(String defect, List<T> all) {
        return on(defect) && !all.isEmpty() ? all.subList(0, all.size() - 1) : all;
    }

    /** The refusal of a write, or nothing. */
    public static @Nullable Throwable unfenced(@Nullable Throwable refusal) {
        return on("WRITES_WITHOUT_A_TOKEN") && refusal instanceof OwnershipLostException ? null : refusal;
    }

    /** Begins a report in its place. */
    public static void truncate(@Nullable Path file) {
        try {
            if (on("WRITES_REPORTS_IN_PLACE") && file != null) {
                Files.writeString(file, "{\"rows\": [");
            }
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Tells its log too much. */
    public static void confess() {
        if (on("LOGS_A_KEY")) {
            LoggerFactory.getLogger(Defects.class).warn("signing with {}", System.getenv("HUAWEICLOUD_SDK_SK"));
        }
    }
}
