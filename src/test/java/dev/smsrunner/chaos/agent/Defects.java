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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The seeded defects of the product. A system property enables one of them. */
public final class Defects {

    /** The property with the name of the enabled defect. */
    public static final String PROPERTY = "trial.defect";

    private static final String ON = System.getProperty(PROPERTY, "");

    private Defects() {}

    /** Whether this defect is enabled. */
    public static boolean on(String name) {
        return ON.equals(name);
    }

    /** The entries passed to the ledger. */
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

    /** Repeats a call with an unclear answer at once. */
    public static CallResult again(MutatingCall.RemoteCall call, Instant deadline, CallResult answer) {
        if (!on("RESENDS_BLINDLY") || answer.state() != CallState.UNKNOWN) {
            return answer;
        }
        try {
            return new CallResult(CallState.DONE, call.send(deadline), null, null);
        } catch (RuntimeException ex) {
            return answer;
        }
    }

    /** Turns an unclear answer into a failure. */
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
                deadline -> {
                    change.remoteCall().send(deadline);
                    return change.remoteCall().send(deadline);
                },
                change.onResult());
    }

    /** Turns a phase into another phase. */
    public static MigrationPhase situation(MigrationPhase observed) {
        return switch (ON) {
            case "ACTS_ON_AN_UNKNOWN_STATE" -> observed == MigrationPhase.UNKNOWN ? MigrationPhase.SYNCED : observed;
            case "LAUNCHES_BEFORE_IT_IS_IN_SYNC" ->
                observed == MigrationPhase.COPYING ? MigrationPhase.SYNCED : observed;
            case "CALLS_A_COPY_A_MIGRATION" -> observed == MigrationPhase.SYNCED ? MigrationPhase.FINISHED : observed;
            default -> observed;
        };
    }

    /** The comparison of an equal row and task. */
    public static TargetComparison alike() {
        return new TargetComparison(List.of(), true);
    }

    /** All elements but the last. */
    public static <T> List<T> shortened(String defect, List<T> all) {
        return on(defect) && !all.isEmpty() ? all.subList(0, all.size() - 1) : all;
    }

    /** The refusal of a write, or nothing. */
    public static @Nullable Throwable unfenced(@Nullable Throwable refusal) {
        return on("WRITES_WITHOUT_A_TOKEN") && refusal instanceof OwnershipLostException ? null : refusal;
    }

    /** Starts a report in place. */
    public static void truncate(@Nullable Path file) {
        try {
            if (on("WRITES_REPORTS_IN_PLACE") && file != null) {
                Files.writeString(file, "{\"rows\": [");
            }
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Logs a secret key. */
    public static void confess() {
        if (on("LOGS_A_KEY")) {
            LoggerFactory.getLogger(Defects.class).warn("signing with {}", System.getenv("HUAWEICLOUD_SDK_SK"));
        }
    }
}
