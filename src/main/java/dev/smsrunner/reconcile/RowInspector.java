package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskError;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Queries the service for a single row, where the list is not sufficient for a decision. */
public final class RowInspector {

    /** A single query may hit a list or a replica that lags behind. */
    private static final int CONFIRMATIONS = 2;

    private final SmsApi sms;
    private final String advice;
    private final Map<Integer, Integer> absences = new HashMap<>();
    private final Map<Integer, Optional<TaskError>> pauseReasons = new HashMap<>();

    public RowInspector(SmsApi sms) {
        this(sms, "Find out who removed it and why; rerun to migrate it again.");
    }

    /** @param advice remedy for a removed task or source */
    RowInspector(SmsApi sms, String advice) {
        this.sms = sms;
        this.advice = advice;
    }

    /** Adds the cause of the failure or pause (ShowTask); one query per pause. */
    public Observation inspect(LedgerRow row, Observation observed) {
        var known = observed.phase() == MigrationPhase.PAUSED ? pauseReasons.get(row.row()) : null;
        if (known != null) {
            return observed.with(known);
        }
        var inspected = observed.with(sms.showTask(Objects.requireNonNull(row.taskId())));
        if (inspected.phase() == MigrationPhase.PAUSED && inspected.error() != null) {
            pauseReasons.put(row.row(), inspected.error());
        }
        return inspected;
    }

    /** Forgets the cause of a pause when the task continues. */
    public void recordObservation(LedgerRow row, Observation observed) {
        if (observed.listed() && observed.phase() != MigrationPhase.PAUSED) {
            pauseReasons.remove(row.row());
        }
    }

    /**
     * Reads the comparison of source and target (ShowConsistencyResult). A failed call keeps the known result and does not
     * affect the migration.
     *
     * @param row with its known comparison
     */
    public Consistency readConsistency(LedgerRow row, Instant now) {
        var known = Objects.requireNonNull(row.consistency());
        try {
            return sms.showConsistencyResult(Objects.requireNonNull(row.taskId()))
                    .map(result -> ConsistencyRule.of(result, now))
                    .orElse(known);
        } catch (ApiException ex) {
            return known.state() == Consistency.State.PENDING
                    ? new Consistency(known.state(), 0, "the result could not be read: " + ex.getMessage(), known.at())
                    : known;
        }
    }

    /**
     * Decides a row whose task may be gone: two consecutive queries must prove it. A task that still exists decides by its
     * own states, even when the list does not show it.
     */
    public Decision confirm(
            LedgerRow row, Observation observed, java.util.function.Function<Observation, Decision> decide) {
        try {
            var current = observed.listed() ? observed : observeAlone(row, observed);
            var inspected = current.with(sms.showTask(Objects.requireNonNull(row.taskId())));
            absences.remove(row.row());
            return inspected.phase() == MigrationPhase.NO_TASK ? waitForState(row) : decide.apply(inspected);
        } catch (ApiException ex) {
            return afterFailure(row, observed, ex);
        }
    }

    private Observation observeAlone(LedgerRow row, Observation observed) {
        return Observation.of(sms.showSource(Objects.requireNonNull(row.sourceId())), observed.observedAt());
    }

    private Decision afterFailure(LedgerRow row, Observation observed, ApiException failure) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        if (!isGone(failure)) {
            return new Decision.Wait(row.stage(), "observation failed: " + failure.getMessage());
        }
        int times = absences.merge(row.row(), 1, Integer::sum);
        return times < CONFIRMATIONS
                ? new Decision.Wait(row.stage(), "its task or source seems to be gone; checking once more")
                : finishRemoved(row, observed, failure);
    }

    private Decision finishRemoved(LedgerRow row, Observation observed, ApiException failure) {
        var reason = failure.operation().equals("ShowServer")
                ? "the source server %s was removed by another user".formatted(row.sourceId())
                : observed.taskId() == null
                        ? "the task %s was removed by another user".formatted(row.taskId())
                        : "the task %s was removed by another user, the source has %s now"
                                .formatted(row.taskId(), observed.taskId());
        return Decision.Finish.failed(
                new Failure(failure.errorCode(), reason, "OPERATOR", advice, failure.requestId()));
    }

    private static Decision waitForState(LedgerRow row) {
        return new Decision.Wait(row.stage(), "the service does not show the state of its task");
    }

    private static boolean isGone(ApiException failure) {
        return Absence.ofTask(failure) || Absence.ofSource(failure);
    }
}
