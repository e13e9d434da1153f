package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.FreedRows;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
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
 * Carries out what people ask of the run, between two rounds, in the thread of the run: whoever asked has only written it
 * down. What it was when it was asked does not count, only what is true now.
 */
final class ControlHandler {

    private static final Logger log = LoggerFactory.getLogger(ControlHandler.class);

    private final Ledger ledger;
    private final FencedRun owner;
    private final JobReconciler<?> course;
    private final RowCache board;
    private final Clock clock;

    ControlHandler(ReconcileLoop.Pulse pulse, JobReconciler<?> course, RowCache board) {
        this.ledger = pulse.ledger();
        this.owner = pulse.owner();
        this.course = course;
        this.board = board;
        this.clock = pulse.clock();
    }

    /**
     * Answers everything that was asked.
     *
     * @return whether there was anything
     */
    boolean serve() {
        var asked = ledger.asked(owner.runId());
        asked.forEach(this::answer);
        return !asked.isEmpty();
    }

    private void answer(Control asked) {
        var row = asked.row() == null ? null : board.get(asked.row());
        var refusal = refusal(asked, row);
        if (refusal.isPresent()) {
            write(asked, Control.State.REFUSED, refusal.get(), List.of());
            return;
        }
        switch (asked.action()) {
            case STOP -> done(asked, "stopping; what goes on in the cloud goes on", List.of());
            case PAUSE ->
                done(asked, "no copy is started and no target is launched; copies under way continue", List.of());
            case RESUME -> done(asked, "copies are started and targets are launched again", List.of());
            case RETRY -> done(asked, "tried again", retried(asked, List.of(Objects.requireNonNull(row))));
            case RETRY_ALL -> retryAll(asked);
            case LAUNCH, LAUNCH_FORCED -> launch(asked, Objects.requireNonNull(row));
            case SKIP, SKIP_RUNNING -> done(asked, "left alone", skipped(asked, Objects.requireNonNull(row)));
        }
    }

    private Optional<String> refusal(Control asked, @Nullable LedgerRow row) {
        if (!asked.action().ofRow()) {
            return Optional.empty();
        }
        if (row == null) {
            return Optional.of("the run has no row " + asked.row());
        }
        var why = asked.action().refusal(row);
        return why.isPresent() || !asked.action().launches()
                ? why
                : course.launchRefusal(row, asked.action() == ControlAction.LAUNCH_FORCED, clock.instant());
    }

    private void retryAll(Control asked) {
        var failed = board.all().stream()
                .filter(row -> row.outcome() == Outcome.FAILED)
                .toList();
        var entries = retried(asked, failed);
        done(asked, entries.size() == 1 ? "1 row tried again" : entries.size() + " rows tried again", entries);
    }

    private void done(Control asked, String answer, List<LedgerWrite> entries) {
        write(asked, Control.State.DONE, answer, entries);
        entries.forEach(entry -> board.put(entry.row()));
        if (asked.action() == ControlAction.RETRY || asked.action() == ControlAction.RETRY_ALL) {
            entries.forEach(entry -> course.retried(entry.row().row()));
        }
        board.steer(ledger.steering(owner.runId()));
    }

    private void write(Control asked, Control.State state, String answer, List<LedgerWrite> entries) {
        ledger.answer(owner, asked, state, answer, entries);
        log.info(
                "{}{} asked by {}: {}, {}",
                asked.action(),
                asked.row() == null ? "" : " of row " + asked.row(),
                asked.askedBy(),
                state,
                answer);
    }

    /**
     * From the beginning: the task is looked up, brought up to date or created anew, as if the row had just come. Rows that were
     * not launched because of one of these go on too.
     */
    private List<LedgerWrite> retried(Control asked, List<LedgerRow> rows) {
        var entries = new ArrayList<LedgerWrite>();
        rows.forEach(row -> entries.add(reopened(asked, row, Stage.PLANNED, "tried again")));
        var again = entries.stream().map(LedgerWrite::row).toList();
        entries.addAll(freed(asked, again));
        return entries;
    }

    private void launch(Control asked, LedgerRow row) {
        var answer = course.launchLimit(row, clock.instant())
                .map(limit -> "launched when nothing holds it any more; now it waits: " + limit)
                .orElse("launched as soon as it is its turn");
        done(asked, answer, released(asked, row));
    }

    /**
     * An open row in sync only needs to be released; the event names what the launch overrides. Rows that were not launched
     * because of it are reopened.
     */
    private List<LedgerWrite> released(Control asked, LedgerRow row) {
        var entries = new ArrayList<LedgerWrite>();
        if (!row.open()) {
            entries.add(reopened(asked, row, Stage.SYNCING, "launched"));
        }
        if (asked.action() == ControlAction.LAUNCH_FORCED) {
            var after = row.open() ? row : entries.get(0).row();
            course.overridden(row, asked.askedBy())
                    .map(what -> EventDraft.ofForcedLaunch(row, what))
                    .ifPresent(event -> entries.add(LedgerWrite.of(after, List.of(event))));
        }
        entries.addAll(freed(asked, List.of(FreedRows.asLaunching(row, clock.instant()))));
        return entries;
    }

    private LedgerWrite reopened(Control asked, LedgerRow row, Stage to, String what) {
        var why = "%s, as %s asked".formatted(what, asked.askedBy());
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), to.name(), why);
        return LedgerWrite.of(row.reopened(to, clock.instant()), List.of(event));
    }

    /** The row ends; what ended only because of it is tried again. */
    private List<LedgerWrite> skipped(Control asked, LedgerRow row) {
        var now = clock.instant();
        var more = row.open()
                ? row.stage().underWay() ? "; what goes on in the cloud goes on" : ""
                : "; before, it ended %s: %s".formatted(row.outcome(), row.reason());
        var why = "skipped by %s at %s%s".formatted(asked.askedBy(), now, more);
        var event = EventDraft.ofRow(
                row, EventKind.STAGE, row.stage().name(), Stage.CLOSED.name(), Outcome.SKIPPED + ": " + why);
        var open = row.open() ? row : row.reopened(Stage.PLANNED, now);
        var entries = new ArrayList<>(List.of(LedgerWrite.of(open.closed(Outcome.SKIPPED, why, now), List.of(event))));
        entries.addAll(freed(asked, List.of(entries.get(0).row())));
        return entries;
    }

    private List<LedgerWrite> freed(Control asked, List<LedgerRow> changed) {
        return course.freedBy(changed, clock.instant()).stream()
                .map(row -> reopened(asked, row, Stage.PLANNED, "freed"))
                .toList();
    }
}
