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
 * Sets the requested speed limits by time of day before the tasks start (UpdateSpeed): one call per row. The ledger records
 * the tasks that have them; a query to the service is needed only after a lost answer.
 */
public final class SpeedRules {

    private final SmsApi sms;
    private final Ledger ledger;
    private final String runId;
    private final Map<String, String> defaults;
    private final CallFailurePolicy failurePolicy;
    private final DecisionPolicy policy;
    private final Clock clock;

    /** Rows whose limits an earlier process set, for the task of that time. */
    private final Set<Integer> rowsDone = new HashSet<>();

    private final Set<String> tasksDone = new HashSet<>();
    private @Nullable Map<Integer, SpeedLimits> requestedLimits;

    public SpeedRules(
            ReconcileContext context,
            SmsApi sms,
            DecisionPolicy policy,
            Map<String, String> defaults,
            CallFailurePolicy failurePolicy) {
        this.sms = sms;
        this.ledger = context.ledger();
        this.runId = context.owner().runId();
        this.defaults = defaults;
        this.failurePolicy = failurePolicy;
        this.policy = policy;
        this.clock = context.clock();
    }

    /** Speed limits by time of day that a row requests, possibly none; empty when the row leaves them unset. */
    public static Optional<SpeedLimits> requestedBy(InventoryRow row) {
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

    /** Rows whose tasks lack the requested speed limits. */
    public List<LedgerRow> withoutLimits(List<LedgerRow> rows) {
        return rows.stream().filter(row -> !isDone(row)).toList();
    }

    private boolean isDone(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        if (!requestedLimits().containsKey(row.row()) || tasksDone.contains(task)) {
            return true;
        }
        if (rowsDone.remove(row.row()) && targets(row).contains(task)) {
            tasksDone.add(task);
        }
        return tasksDone.contains(task);
    }

    private List<String> targets(LedgerRow row) {
        return Stream.of(CallState.DONE, CallState.SEEN)
                .flatMap(state -> ledger.findLastCall(row, Operation.SPEED_RULES, state).stream())
                .map(Intent::target)
                .toList();
    }

    private Map<Integer, SpeedLimits> requestedLimits() {
        if (requestedLimits == null) {
            var byRow = new HashMap<Integer, SpeedLimits>();
            ledger.inventory(runId)
                    .forEach(line ->
                            requestedBy(line.toRow(defaults)).ifPresent(limits -> byRow.put(line.row(), limits)));
            if (!byRow.isEmpty()) {
                rowsDone.addAll(ledger.rowsWithCallSinceReady(runId, Operation.SPEED_RULES));
            }
            requestedLimits = byRow;
        }
        return requestedLimits;
    }

    /** Call for a row from {@link #withoutLimits}. */
    public MutatingCall call(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        var limits = Objects.requireNonNull(requestedLimits().get(row.row())).json();
        return new MutatingCall(
                row,
                Operation.SPEED_RULES,
                task,
                MutatingCall.RemoteCall.of(deadline -> sms.until(deadline).limitSpeed(task, limits)),
                (then, answer) -> effectOf(then, task, answer));
    }

    private MutatingCall.RowEffect effectOf(LedgerRow row, String task, CallResult answer) {
        if (answer.state() != CallState.DONE) {
            return failurePolicy.effectOf(row, answer, clock.instant());
        }
        tasksDone.add(task);
        return MutatingCall.RowEffect.of(row.clearSchedule().withFailure(null));
    }

    /** State of such a call with a lost answer, read from the service (ShowsSpeedLimits) after the grace of the call. */
    public CallState callState(LedgerRow row, Observation observed) {
        var call = Objects.requireNonNull(row.call());
        if (!policy.isGraceOver(call, observed)) {
            return call.state();
        }
        var task = row.taskId();
        var limits = requestedLimits().get(row.row());
        if (task == null || limits == null) {
            return CallState.ABSENT; // the row has another task or no limits by now
        }
        try {
            if (!SpeedLimits.isEquivalent(sms.showSpeedLimits(task).path("speed_limit"), limits.json())) {
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
