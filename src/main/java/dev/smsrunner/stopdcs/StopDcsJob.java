package dev.smsrunner.stopdcs;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.StopResult;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.Batch;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.jobfile.StopDcsSettings;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.PassActions;
import dev.smsrunner.reconcile.PendingAction;
import dev.smsrunner.reconcile.RowTransitions;
import dev.smsrunner.reconcile.UnresolvedCallLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** The course of the job {@code stop-dcs}: one call stops many tasks of one project; each has its own intent and answer. */
public final class StopDcsJob implements JobReconciler<DcsObservation> {

    private final DcsApi dcs;
    private final FullMigrationCheck fullMigration;
    private final DesiredRows wanted;
    private final int chunk;
    private final int retries;
    private final StopDecision decision;
    private final Backoff backoff;
    private final CallFailurePolicy refusals;
    private final Clock clock;
    private final Set<Integer> alone = new HashSet<>();
    private final UnresolvedCallLimit lostAnswers = new UnresolvedCallLimit();
    private final Map<Integer, Integer> failedItems = new HashMap<>();
    private ProjectTasks projects;

    /**
     * The job over the rows of a run.
     *
     * @param block maximum number of tasks of one call, and what happens to tasks in full migration
     * @param retries how often a task is named again whose stop was not dispatched
     * @param backoff the wait before that
     * @param earlier the calls of the run so far, which count
     */
    public StopDcsJob(
            DcsApi dcs,
            DesiredRows wanted,
            StopDcsSettings block,
            int retries,
            DecisionPolicy policy,
            Backoff backoff,
            List<Intent> earlier,
            Clock clock) {
        this.dcs = dcs;
        this.wanted = wanted;
        this.chunk = Math.min(DcsApi.MOST_STOPPED, block.chunk());
        this.fullMigration = new FullMigrationCheck(dcs, block.fullMigration());
        this.retries = retries;
        this.decision = new StopDecision(policy, fullMigration.allowsStop());
        this.backoff = backoff;
        this.refusals = new CallFailurePolicy(backoff);
        this.clock = clock;
        this.projects = new ProjectTasks(dcs, clock.instant());
        earlier.stream()
                .filter(call -> call.state() == CallState.REFUSED && call.httpStatus() == 200)
                .forEach(call -> failedItems.merge(call.row(), 1, Integer::sum));
    }

    /** Looks at the projects as rows name them, and examines rows. */
    public static Examiner examiner(DcsApi dcs, StopDcsSettings block, Clock clock) {
        return new StopPreflight(dcs, new FullMigrationCheck(dcs, block.fullMigration()), clock);
    }

    @Override
    public Function<LedgerRow, DcsObservation> look(List<LedgerRow> open, Instant now) {
        projects = new ProjectTasks(dcs, now);
        return row -> projects.listed(project(row), Objects.requireNonNull(row.taskId()));
    }

    @Override
    public CallState settlement(LedgerRow row, DcsObservation seen) {
        return decision.settlement(row, seen);
    }

    @Override
    public Decision decide(LedgerRow row, DcsObservation seen, Instant now) {
        var shown = seen;
        var decided = decision.decide(row, shown, now);
        if (decided instanceof Decision.Confirm) {
            shown = projects.alone(project(row), Objects.requireNonNull(row.taskId()));
            decided = decision.decide(row, shown, now);
        }
        if (decided instanceof Decision.Send && !fullMigration.allowsStop()) {
            decided = fullMigration
                    .found(project(row), Objects.requireNonNull(row.taskId()), shown)
                    .<Decision>map(StopDecision::inFull)
                    .orElse(decided);
        }
        return spent(row) && decided instanceof Decision.Send ? givenUp(row) : lostAnswers.bounded(row, decided);
    }

    private boolean spent(LedgerRow row) {
        return failedItems.getOrDefault(row.row(), 0) > retries && row.failure() != null;
    }

    /** Only now: a task whose stop failed may have ended by itself, which this look would have shown. */
    private static Decision givenUp(LedgerRow row) {
        var failure = Objects.requireNonNull(row.failure());
        return new Decision.Close(Outcome.FAILED, failure.text(), failure);
    }

    @Override
    public boolean act(List<PendingAction> wishes, PassActions turn) {
        var batches = batches(turn.rows(wishes));
        int most = turn.mostCalls();
        turn.performTogether(batches.subList(0, Math.min(most, batches.size())));
        return batches.size() > most;
    }

    @Override
    public void retried(int row) {
        refusals.forget(row);
        lostAnswers.forget(row);
        failedItems.remove(row);
        alone.remove(row);
    }

    private List<Batch> batches(List<LedgerRow> rows) {
        var byProject = new TreeMap<String, List<LedgerRow>>();
        var batches = new ArrayList<Batch>();
        for (var row : rows) {
            if (alone.contains(row.row())) {
                batches.add(batch(project(row), List.of(row)));
            } else {
                byProject.computeIfAbsent(project(row), id -> new ArrayList<>()).add(row);
            }
        }
        byProject.forEach((project, all) -> {
            for (int from = 0; from < all.size(); from += chunk) {
                batches.add(batch(project, all.subList(from, Math.min(all.size(), from + chunk))));
            }
        });
        return batches;
    }

    private Batch batch(String project, List<LedgerRow> rows) {
        var ids = rows.stream().map(row -> Objects.requireNonNull(row.taskId())).toList();
        var changes = rows.stream().map(row -> change(project, row, ids.size())).toList();
        return new Batch(changes, () -> answers(ids, dcs.stopTasks(project, ids)));
    }

    private MutatingCall change(String project, LedgerRow row, int together) {
        var id = Objects.requireNonNull(row.taskId());
        return new MutatingCall(
                row,
                Operation.STOP,
                id,
                () -> {
                    dcs.stopTasks(project, List.of(id));
                    return null;
                },
                (then, answer) -> answered(then, answer, together));
    }

    /** One answer per task, in their order; a task of which the service says nothing, or two things, is looked at before it is named again. */
    private static List<CallResult> answers(List<String> ids, List<StopResult> results) {
        return ids.stream()
                .map(id -> answer(results.stream()
                        .filter(result -> result.taskId().equalsIgnoreCase(id))
                        .toList()))
                .toList();
    }

    private static CallResult answer(List<StopResult> ofTask) {
        if (ofTask.isEmpty()) {
            return new CallResult(CallState.UNKNOWN, null, null, "the answer does not name the task");
        }
        var first = ofTask.get(0);
        return ofTask.stream().allMatch(result -> result.dispatched() == first.dispatched())
                ? answer(first)
                : new CallResult(CallState.UNKNOWN, null, null, "the answer names the task twice, with two results");
    }

    private static CallResult answer(StopResult result) {
        if (result.dispatched()) {
            return new CallResult(CallState.DONE, null, null, null);
        }
        if (!result.failed()) {
            return new CallResult(CallState.UNKNOWN, null, null, "the result is '%s'".formatted(result.result()));
        }
        var message = Objects.requireNonNullElse(result.errorMessage(), "result failed, no reason given");
        var failure = new ApiException(
                CallFailureKind.REFUSED,
                "BatchStopMigrationTasks",
                200,
                new ApiError(result.errorCode(), message, null, List.of(), null));
        return new CallResult(CallState.REFUSED, null, failure, message);
    }

    private MutatingCall.Consequence answered(LedgerRow row, CallResult answer, int together) {
        var now = clock.instant();
        var failure = answer.failure();
        if (answer.state() == CallState.DONE) {
            return RowTransitions.begun(row, now);
        }
        if (answer.state() == CallState.UNKNOWN && failure != null && failure.httpStatus() >= 500) {
            return new MutatingCall.Consequence(row.withFailure(StopRefusal.failure(failure)), List.of());
        }
        if (answer.state() != CallState.REFUSED || failure == null) {
            return refusals.meaning(row, answer, now);
        }
        if (failure.httpStatus() == 200) {
            int failed = failedItems.merge(row.row(), 1, Integer::sum);
            return again(row.withFailure(StopRefusal.failure(failure)), failed, now);
        }
        if (StopRefusal.deleted(failure) && together == 1) {
            return later(row, now, "DCS says that the task is gone; looking once more");
        }
        if (together > 1 && failure.httpStatus() != 403) {
            alone.add(row.row()); // one bad id spoils the call for all: each is named alone the next time
            return later(
                    row,
                    now,
                    "the stop of %d tasks at once was refused: %s".formatted(together, failure.errorMessage()));
        }
        return CallFailurePolicy.givenUp(row, StopRefusal.failure(failure), now);
    }

    private MutatingCall.Consequence again(LedgerRow row, int failed, Instant now) {
        var wait = failed > retries ? now : now.plus(backoff.delay(failed));
        return later(
                row,
                wait,
                "refused for now: " + Objects.requireNonNull(row.failure()).text());
    }

    private static MutatingCall.Consequence later(LedgerRow row, Instant when, String why) {
        return new MutatingCall.Consequence(row.notBefore(when, why), List.of());
    }

    private String project(LedgerRow row) {
        return StopPreflight.project(wanted.of(row));
    }
}
