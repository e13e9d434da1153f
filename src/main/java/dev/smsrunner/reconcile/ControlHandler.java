package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.FreedRows;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles operator controls between two passes, on the thread of the run. Other processes only write controls to the ledger.
 * Only the current state of a row counts, not its state at the time of the request.
 */
final class ControlHandler {

    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Ledger ledger;
    private final FencedRun owner;
    private final JobReconciler<?> reconciler;
    private final RowCache rowCache;
    private final Clock clock;

    ControlHandler(ReconcileContext context, JobReconciler<?> reconciler, RowCache rowCache) {
        this.ledger = context.ledger();
        this.owner = context.owner();
        this.reconciler = reconciler;
        this.rowCache = rowCache;
        this.clock = context.clock();
    }

    /**
     * Handles all pending controls.
     *
     * @return whether there were any
     */
    boolean handlePending() {
        var control = ledger.pendingControls(owner.runId());
        control.forEach(this::handle);
        return !control.isEmpty();
    }

    private void handle(Control control) {
        var row = control.row() == null ? null : rowCache.find(control.row());
        var refusal = refusal(control, row);
        if (refusal.isPresent()) {
            recordAnswer(control, Control.State.REFUSED, refusal.get(), List.of());
            return;
        }
        switch (control.action()) {
            case STOP -> complete(control, "stopping; migrations already running in the cloud continue", List.of());
            case PAUSE ->
                complete(control, "no copy is started and no target is launched; copies under way continue", List.of());
            case RESUME -> complete(control, "copies are started and targets are launched again", List.of());
            case RETRY ->
                complete(
                        control,
                        "reopened; it starts when a place is free",
                        retry(control, List.of(Objects.requireNonNull(row))));
            case RETRY_ALL -> retryAll(control);
            case LAUNCH, LAUNCH_FORCED -> launch(control, Objects.requireNonNull(row));
            case APPROVE, DENY -> answerGate(control);
            case SKIP, SKIP_RUNNING -> complete(control, "skipped", skip(control, Objects.requireNonNull(row)));
        }
    }

    private Optional<String> refusal(Control control, @Nullable LedgerRow row) {
        if (!control.action().isForRow()) {
            return Optional.empty();
        }
        if (row == null) {
            return Optional.of("the run has no row " + control.row());
        }
        var why = control.action().refusal(row);
        return why.isPresent() || !control.action().isLaunch()
                ? why
                : reconciler.launchRefusal(row, control.action() == ControlAction.LAUNCH_FORCED, clock.instant());
    }

    private void answerGate(Control control) {
        var answer = reconciler.answerGate(control, clock.instant());
        var decision = answer.decision();
        if (decision == null) {
            recordAnswer(control, Control.State.REFUSED, answer.text(), List.of());
            return;
        }
        ledger.answerControl(owner, control, Control.State.DONE, answer.text(), decision);
        log.info("{} of {} by {}: {}", control.action(), control.gate(), control.requestedBy(), answer.text());
        rowCache.setControls(ledger.activeControls(owner.runId()));
    }

    private void retryAll(Control control) {
        var failed = rowCache.allRows().stream()
                .filter(row -> row.outcome() == Outcome.FAILED)
                .toList();
        var writes = retry(control, failed);
        complete(control, writes.size() == 1 ? "1 row reopened" : writes.size() + " rows reopened", writes);
    }

    private void complete(Control control, String answer, List<LedgerWrite> writes) {
        recordAnswer(control, Control.State.DONE, answer, writes);
        writes.forEach(write -> rowCache.put(write.row()));
        if (control.action() == ControlAction.RETRY || control.action() == ControlAction.RETRY_ALL) {
            writes.forEach(write -> forget(write.row().row()));
        }
        rowCache.setControls(ledger.activeControls(owner.runId()));
    }

    private void forget(int row) {
        reconciler.failurePolicy().forget(row);
        reconciler.onRetry(row);
    }

    private void recordAnswer(Control control, Control.State state, String answer, List<LedgerWrite> writes) {
        ledger.answerControl(owner, control, state, answer, writes);
        log.info(
                "{}{} requested by {}: {}, {}",
                control.action(),
                control.row() == null ? "" : " of row " + control.row(),
                control.requestedBy(),
                state,
                answer);
    }

    /**
     * Starts rows again from PLANNED: the runner looks up the task, then updates or creates it. Rows that were not launched
     * because of these rows are reopened too.
     */
    private List<LedgerWrite> retry(Control control, List<LedgerRow> rows) {
        var writes = new ArrayList<LedgerWrite>();
        rows.forEach(row -> writes.add(reopen(control, row, Stage.PLANNED, "reopened")));
        var again = writes.stream().map(LedgerWrite::row).toList();
        writes.addAll(reopenFreed(control, again));
        return writes;
    }

    private void launch(Control control, LedgerRow row) {
        var answer = reconciler
                .launchLimit(row, clock.instant())
                .map(limit -> "the target is launched when nothing blocks it; now it waits: " + limit)
                .orElse("the target is launched when its turn comes");
        complete(control, answer, release(control, row));
    }

    /**
     * Releases an open row in sync; a forced launch gets an event with its overrides. Rows that were not launched because of
     * this row are reopened.
     */
    private List<LedgerWrite> release(Control control, LedgerRow row) {
        var writes = new ArrayList<LedgerWrite>();
        if (!row.isOpen()) {
            writes.add(reopen(control, row, Stage.SYNCING, "reopened for its launch"));
        }
        if (control.action() == ControlAction.LAUNCH_FORCED) {
            var after = row.isOpen() ? row : writes.get(0).row();
            reconciler
                    .describeOverride(row, control.requestedBy())
                    .map(what -> EventDraft.ofForcedLaunch(row, what))
                    .ifPresent(event -> writes.add(LedgerWrite.of(after, List.of(event))));
        }
        writes.addAll(reopenFreed(control, List.of(FreedRows.asLaunching(row, clock.instant()))));
        return writes;
    }

    private LedgerWrite reopen(Control control, LedgerRow row, Stage to, String what) {
        var why = "%s, requested by %s".formatted(what, control.requestedBy());
        var event = EventDraft.ofStage(row, to, why);
        return LedgerWrite.of(row.reopen(to, clock.instant()), List.of(event));
    }

    /** Ends the row; rows that ended only because of it are reopened. */
    private List<LedgerWrite> skip(Control control, LedgerRow row) {
        var now = clock.instant();
        var more = row.isOpen()
                ? row.stage().isUnderWay() ? "; migrations already running in the cloud continue" : ""
                : "; before, it ended %s: %s".formatted(row.outcome(), row.reason());
        var why = "skipped by %s at %s%s".formatted(control.requestedBy(), now, more);
        var event = EventDraft.ofEnd(row, Outcome.SKIPPED, why);
        var open = row.isOpen() ? row : row.reopen(Stage.PLANNED, now);
        var writes = new ArrayList<>(List.of(LedgerWrite.of(open.end(Outcome.SKIPPED, why, now), List.of(event))));
        writes.addAll(reopenFreed(control, List.of(writes.get(0).row())));
        return writes;
    }

    private List<LedgerWrite> reopenFreed(Control control, List<LedgerRow> changed) {
        return reconciler.rowsFreedBy(changed, clock.instant()).stream()
                .map(row -> reopen(control, row, Stage.PLANNED, "reopened since its obstacle is gone"))
                .toList();
    }
}
