package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SpeedLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sets the speed limits by time of day that rows want, before their tasks are started (UpdateSpeed): one call for each such row.
 * The ledger tells which tasks have them already; the service is asked only when the answer of a call was lost.
 */
public final class SpeedRules {

    private final SmsApi sms;
    private final Ledger ledger;
    private final String runId;
    private final Map<String, String> defaults;
    private final CallFailurePolicy refusals;
    private final Duration grace;
    private final Clock clock;

    /** Rows whose limits an earlier process set, for the task that they had then. */
    private final Set<Integer> rowsDone = new HashSet<>();

    private final Set<String> tasksDone = new HashSet<>();
    private @Nullable Map<Integer, SpeedLimits> wanted;

    SpeedRules(ReconcileLoop.Parts parts, CallFailurePolicy refusals) {
        this.sms = parts.sms();
        this.ledger = parts.ledger();
        this.runId = parts.owner().runId();
        this.defaults = parts.defaults();
        this.refusals = refusals;
        this.grace = parts.policy().grace();
        this.clock = parts.clock();
    }

    /** The speed limits by time of day that a row wants, none included; empty when it says nothing of them. */
    public static Optional<SpeedLimits> wantedBy(InventoryRow row) {
        return row.limitsSpeedByTime()
                ? Optional.of(new SpeedLimits(row.speedRules().stream()
                        .map(rule -> new SpeedLimits.Limit(
                                rule.start(),
                                rule.end(),
                                rule.speed(),
                                rule.overSpeedThreshold() == null
                                        ? row.overSpeedThreshold()
                                        : rule.overSpeedThreshold()))
                        .toList()))
                : Optional.empty();
    }

    /** The rows whose tasks lack the speed limits that they want. */
    List<LedgerRow> missing(List<LedgerRow> rows) {
        return rows.stream().filter(row -> !isDone(row)).toList();
    }

    private boolean isDone(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        if (!wanted().containsKey(row.row()) || tasksDone.contains(task)) {
            return true;
        }
        if (rowsDone.remove(row.row()) && targets(row).contains(task)) {
            tasksDone.add(task);
        }
        return tasksDone.contains(task);
    }

    private List<String> targets(LedgerRow row) {
        return Stream.of(CallState.DONE, CallState.SEEN)
                .flatMap(state -> ledger.lastCall(row, Operation.SPEED_RULES, state).stream())
                .map(Intent::target)
                .toList();
    }

    private Map<Integer, SpeedLimits> wanted() {
        if (wanted == null) {
            var byRow = new HashMap<Integer, SpeedLimits>();
            ledger.inventory(runId)
                    .forEach(line -> wantedBy(InventoryRow.restore(line.row(), line.line(), line.cells(), defaults))
                            .ifPresent(limits -> byRow.put(line.row(), limits)));
            if (!byRow.isEmpty()) {
                rowsDone.addAll(ledger.carriedOutSinceReady(runId, Operation.SPEED_RULES));
            }
            wanted = byRow;
        }
        return wanted;
    }

    /** The call for a row that {@link #missing} named. */
    MutatingCall change(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        var limits = Objects.requireNonNull(wanted().get(row.row())).json();
        return new MutatingCall(
                row,
                Operation.SPEED_RULES,
                task,
                () -> {
                    sms.limitSpeed(task, limits);
                    return null;
                },
                (then, answer) -> answered(then, task, answer));
    }

    private MutatingCall.Consequence answered(LedgerRow row, String task, CallResult answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        tasksDone.add(task);
        return new MutatingCall.Consequence(row.notBefore(null, null).withFailure(null), List.of());
    }

    /** What the service shows of a call of this kind whose answer was lost (ShowsSpeedLimits); after the grace of the call. */
    CallState settlement(LedgerRow row, Observation seen) {
        var call = Objects.requireNonNull(row.call());
        if (seen.lookedAt().isBefore(call.at().plus(grace))) {
            return call.state();
        }
        var task = row.taskId();
        var limits = wanted().get(row.row());
        if (task == null || limits == null) {
            return CallState.ABSENT; // the row wants another task or no limits by now
        }
        try {
            if (!SpeedLimits.same(sms.showSpeedLimits(task).path("speed_limit"), limits.json())) {
                return CallState.ABSENT;
            }
            tasksDone.add(task);
            return CallState.SEEN;
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return call.state();
        }
    }
}
