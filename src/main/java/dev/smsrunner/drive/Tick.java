package dev.smsrunner.drive;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Answer;
import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Change;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Owner;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskAction;
import dev.smsrunner.task.TaskStage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** One round of the drive: look at all, decide each, write down, act. */
final class Tick {

    /** So many seconds' worth of calls are made before the next look. */
    private static final double SECONDS_OF_CALLS = 8;

    private static final int FEWEST_CALLS = 20;

    private final SmsApi sms;
    private final Ledger ledger;
    private final Owner owner;
    private final Actor actor;
    private final TaskStage tasks;
    private final Policy policy;
    private final int concurrent;
    private final Backoff backoff;
    private final Refusals refusals;
    private final DoubleSupplier callsPerSecond;
    private final Questions questions;
    private final Clock clock;
    private final Board board;

    Tick(Drive.Parts parts, Board board) {
        this.sms = parts.sms();
        this.ledger = parts.ledger();
        this.owner = parts.owner();
        this.actor = parts.actor();
        this.tasks = parts.tasks();
        this.policy = parts.policy();
        this.concurrent = parts.concurrent();
        this.backoff = parts.backoff();
        this.refusals = new Refusals(parts.backoff());
        this.callsPerSecond = parts.callsPerSecond();
        this.questions = new Questions(parts.sms());
        this.clock = parts.clock();
        this.board = board;
    }

    /**
     * Goes once around.
     *
     * @return whether more is to be done at once: calls that did not fit into this round
     */
    boolean go() {
        var sweep = Sweep.look(sms, board.sources(), clock.instant());
        var wishes = new Wishes();
        var entries = new ArrayList<Entry>();
        for (var row : board.open()) {
            var applied = decide(row, sweep, wishes);
            board.put(applied.row());
            if (applied.entry() != null) {
                entries.add(applied.entry());
            }
        }
        ledger.write(owner, entries);
        return act(wishes, sweep.othersCopying());
    }

    private Applied decide(Migration row, Sweep sweep, Wishes wishes) {
        var observed = sweep.of(Objects.requireNonNull(row.sourceId()));
        var applied = new Applied(row, clock.instant());
        applied.settle(Settlement.of(row, observed, policy));
        applied.see(observed);
        var decision = answered(applied.row(), observed);
        apply(decision, applied, observed, wishes);
        return applied;
    }

    /** Decides, and where the list does not tell enough, asks the service about the one row. */
    private Decision answered(Migration row, Observation observed) {
        var decision = decide(row, observed);
        try {
            if (decision instanceof Decision.Confirm) {
                decision = questions.confirm(row, observed, told -> decide(row, told));
            }
            if (decision instanceof Decision.Inspect) {
                decision = decide(row, questions.inspect(row, observed));
            }
        } catch (dev.smsrunner.cloud.ApiException failure) {
            if (failure.verdict() == dev.smsrunner.cloud.Verdict.DENIED) {
                throw failure;
            }
            return new Decision.Look(row.stage(), "could not be looked at: " + failure.getMessage());
        }
        return decision;
    }

    private Decision decide(Migration row, Observation observed) {
        return Decide.decide(row, observed, policy, clock.instant());
    }

    private void apply(Decision decision, Applied applied, Observation observed, Wishes wishes) {
        if (decision instanceof Decision.Look look) {
            applied.look(look);
        } else if (decision instanceof Decision.RestartLater later) {
            applied.restartLater(later, backoff, policy.restarts());
        } else if (decision instanceof Decision.Close close) {
            applied.close(close);
        } else if (decision instanceof Decision.Start) {
            wishes.starts.add(applied.row().row());
        } else if (decision instanceof Decision.Launch) {
            applied.look(new Decision.Look(Stage.SYNCING, null));
            wishes.launches.add(applied.row().row());
        } else if (decision instanceof Decision.Prepare) {
            wishes.prepares.add(applied.row().row());
        } else if (decision instanceof Decision.Adopt adopt) {
            wishes.adopted.add(TaskStage.adopted(applied.row(), adopt.taskId(), clock.instant()));
        }
    }

    /** Launches first, since each frees a place; then starts; then tasks that are still missing. */
    private boolean act(Wishes wishes, int othersCopying) {
        write(wishes.adopted);
        int most = (int) Math.max(FEWEST_CALLS, callsPerSecond.getAsDouble() * SECONDS_OF_CALLS);
        var starts = StartQueue.next(mayStart(wishes), preparing(wishes), free(wishes, othersCopying));
        var changes = new ArrayList<Change>();
        rows(wishes.launches).forEach(row -> changes.add(launch(row)));
        starts.forEach(row -> changes.add(start(row)));
        perform(changes.subList(0, Math.min(most, changes.size())));
        var prepares = rows(wishes.prepares);
        int left = Math.max(0, most - changes.size());
        tasks.prepare(prepares.subList(0, Math.min(left, prepares.size()))).forEach(board::put);
        return changes.size() > most || prepares.size() > left;
    }

    private List<Migration> mayStart(Wishes wishes) {
        var may = new ArrayList<Migration>();
        var broken = new ArrayList<Entry>();
        for (var row : rows(wishes.starts)) {
            var why = Dependencies.broken(row, board);
            if (why.isPresent()) {
                broken.add(rejected(row, why.get()));
            } else if (Dependencies.met(row, board)) {
                may.add(row);
            }
        }
        write(broken);
        return may;
    }

    private Entry rejected(Migration row, String why) {
        Instant now = clock.instant();
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", Outcome.REJECTED + ": " + why);
        return Entry.of(row.closed(Outcome.REJECTED, why, now), List.of(event));
    }

    private static HashSet<String> waves(List<Migration> rows) {
        var waves = new HashSet<String>();
        rows.forEach(row -> waves.add(row.wave()));
        return waves;
    }

    private HashSet<String> preparing(Wishes wishes) {
        var waves = waves(rows(wishes.prepares));
        board.open().stream()
                .filter(row -> row.stage() == Stage.PLANNED
                        && row.call() != null
                        && row.call().state().undecided())
                .forEach(row -> waves.add(row.wave()));
        return waves;
    }

    private int free(Wishes wishes, int othersCopying) {
        return (int) Math.max(0, concurrent - board.placesTaken(wishes.starts) - othersCopying);
    }

    private Change start(Migration row) {
        var task = Objects.requireNonNull(row.taskId());
        return new Change(row, Operation.START, task, () -> act(task, TaskAction.START), this::started);
    }

    private Change.Consequence started(Migration row, Answer answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.STARTED.name(), null);
        var started =
                row.withAttempt().notBefore(null, null).withAttention(null).reached(Stage.STARTED, clock.instant());
        return new Change.Consequence(started, List.of(event));
    }

    /** The launch is the action {@code test} (UpdateTaskStatus: "launches the target server"). */
    private Change launch(Migration row) {
        var task = Objects.requireNonNull(row.taskId());
        return new Change(row, Operation.LAUNCH, task, () -> act(task, TaskAction.LAUNCH), this::launched);
    }

    private Change.Consequence launched(Migration row, Answer answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.LAUNCHING.name(), null);
        return new Change.Consequence(
                row.notBefore(null, null).withAttention(null).reached(Stage.LAUNCHING, clock.instant()),
                List.of(event));
    }

    private @org.jspecify.annotations.Nullable String act(String task, TaskAction action) {
        sms.act(task, action);
        return null;
    }

    private void perform(List<Change> changes) {
        actor.perform(changes).forEach(board::put);
    }

    private void write(List<Entry> entries) {
        ledger.write(owner, entries);
        entries.forEach(entry -> board.put(entry.row()));
    }

    private List<Migration> rows(List<Integer> numbers) {
        return numbers.stream().map(board::get).toList();
    }

    /** What the decisions of one round ask for, by row number. */
    private static final class Wishes {
        private final List<Integer> launches = new ArrayList<>();
        private final List<Integer> starts = new ArrayList<>();
        private final List<Integer> prepares = new ArrayList<>();
        private final List<Entry> adopted = new ArrayList<>();
    }
}
