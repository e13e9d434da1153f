package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskError;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks the service about a single row, where the list does not tell enough to decide. */
final class RowInspector {

    /** One look may hit a list or a replica that lags behind. */
    private static final int LOOKS_THAT_PROVE = 2;

    private final SmsApi sms;
    private final String advice;
    private final Map<Integer, Integer> foundGone = new HashMap<>();
    private final Map<Integer, Optional<TaskError>> paused = new HashMap<>();

    RowInspector(SmsApi sms) {
        this(sms, "Find out who removed it and why; rerun to migrate it anew.");
    }

    /** @param advice what to do when a task or source was removed */
    RowInspector(SmsApi sms, String advice) {
        this.sms = sms;
        this.advice = advice;
    }

    /** The observation with the reason of the failure or pause (ShowTask); a task that stays paused is asked once. */
    Observation inspect(LedgerRow row, Observation observed) {
        var known = observed.situation() == MigrationPhase.PAUSED ? paused.get(row.row()) : null;
        if (known != null) {
            return observed.with(known);
        }
        var told = observed.with(sms.showTask(Objects.requireNonNull(row.taskId())));
        if (told.situation() == MigrationPhase.PAUSED && told.error() != null) {
            paused.put(row.row(), told.error());
        }
        return told;
    }

    /** Why the task was paused before does not count when it was seen to go on. */
    void looked(LedgerRow row, Observation observed) {
        if (observed.listed() && observed.situation() != MigrationPhase.PAUSED) {
            paused.remove(row.row());
        }
    }

    /**
     * What the comparison of source and target found (ShowConsistencyResult). A call that fails, whatever the reason, leaves what
     * is known and is no trouble for the migration.
     *
     * @param row with what is known of its comparison
     */
    Consistency compare(LedgerRow row, Instant now) {
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
     * Whether the row's task is really gone: twice in a row the service must say so. A task that is still there decides
     * with its own words, even when the list does not show it.
     */
    Decision confirm(LedgerRow row, Observation observed, java.util.function.Function<Observation, Decision> decide) {
        try {
            var seen = observed.listed() ? observed : shownAlone(row, observed);
            var told = seen.with(sms.showTask(Objects.requireNonNull(row.taskId())));
            foundGone.remove(row.row());
            return told.situation() == MigrationPhase.NO_TASK ? unclear(row) : decide.apply(told);
        } catch (ApiException ex) {
            return afterFailure(row, observed, ex);
        }
    }

    private Observation shownAlone(LedgerRow row, Observation observed) {
        return Observation.of(sms.showSource(Objects.requireNonNull(row.sourceId())), observed.lookedAt());
    }

    private Decision afterFailure(LedgerRow row, Observation observed, ApiException failure) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        if (!gone(failure)) {
            return new Decision.Look(row.stage(), "could not be looked at: " + failure.getMessage());
        }
        int times = foundGone.merge(row.row(), 1, Integer::sum);
        return times < LOOKS_THAT_PROVE
                ? new Decision.Look(row.stage(), "its task or source seems to be gone; looking once more")
                : removed(row, observed, failure);
    }

    private Decision removed(LedgerRow row, Observation observed, ApiException failure) {
        var what = failure.operation().equals("ShowServer")
                ? "the source server %s was removed by somebody else".formatted(row.sourceId())
                : observed.taskId() == null
                        ? "the task %s was removed by somebody else".formatted(row.taskId())
                        : "the task %s was removed by somebody else, the source has %s now"
                                .formatted(row.taskId(), observed.taskId());
        return new Decision.Close(
                Outcome.FAILED, what, new Failure(failure.errorCode(), what, "OPERATOR", advice, failure.requestId()));
    }

    private static Decision unclear(LedgerRow row) {
        return new Decision.Look(row.stage(), "the service does not say in which state its task is");
    }

    private static boolean gone(ApiException failure) {
        return Absence.ofTask(failure) || Absence.ofSource(failure);
    }
}
