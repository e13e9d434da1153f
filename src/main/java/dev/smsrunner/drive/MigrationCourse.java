package dev.smsrunner.drive;

import dev.smsrunner.act.Answer;
import dev.smsrunner.act.Change;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskAction;
import dev.smsrunner.task.TaskStage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The course of the main job: tasks are started in their turn, watched, and launched when they may be. */
final class MigrationCourse implements Course<Observation> {

    private final SmsApi sms;
    private final TaskStage tasks;
    private final Policy policy;
    private final int concurrent;
    private final Refusals refusals;
    private final Questions questions;
    private final SpeedRules speedRules;
    private final Comparisons comparisons;
    private final Clock clock;
    private final Set<Integer> released = new HashSet<>();
    private int othersCopying;
    private Map<String, Boolean> compared = Map.of();

    MigrationCourse(Drive.Parts parts) {
        this.sms = parts.sms();
        this.tasks = parts.tasks();
        this.policy = parts.policy();
        this.concurrent = parts.concurrent();
        this.refusals = new Refusals(
                parts.backoff(),
                parts.ledger().refusals(parts.owner().runId()),
                parts.policy().giveUpAfter());
        this.questions = new Questions(parts.sms());
        this.speedRules = new SpeedRules(parts, refusals);
        this.comparisons =
                new Comparisons(questions, parts.tasks().comparing(parts.owner().runId()));
        this.clock = parts.clock();
    }

    @Override
    public void begin(Turn turn) {
        turn.write(Surplus.find(sms, turn.board()));
    }

    @Override
    public Function<Migration, Observation> look(List<Migration> open, Instant now) {
        var sweep = Sweep.look(sms, Sweep.sources(open), now);
        tasks.looked();
        othersCopying = sweep.othersCopying();
        compared = sweep.compared();
        return row -> withTarget(row, sweep.of(Objects.requireNonNull(row.sourceId())));
    }

    @Override
    public CallState settlement(Migration row, Observation seen) {
        return row.undecided() && row.call().operation() == Operation.SPEED_RULES
                ? speedRules.settlement(row, seen)
                : Settlement.of(row, seen, policy);
    }

    @Override
    public @Nullable Consistency compared(Migration row, Observation observed, Instant now) {
        var exists = compared.get(Objects.requireNonNull(row.sourceId()));
        return comparisons.of(row, observed, exists, its(row), now);
    }

    /** Decides; the comparison of source and target has its say about a launch and an end. */
    @Override
    public Decision decide(Migration row, Observation observed, Instant now) {
        return ConsistencyRule.of(decided(row, observed, now), row, observed, its(row), now);
    }

    private Policy its(Migration row) {
        return released.contains(row.row()) ? policy.released() : policy;
    }

    /** Decides, and where the list does not tell enough, asks the service about the one row. */
    private Decision decided(Migration row, Observation observed, Instant now) {
        var its = its(row);
        var decision = Decide.decide(row, observed, its, now);
        if (decision instanceof Decision.Confirm) {
            decision = questions.confirm(row, observed, told -> Decide.decide(row, withTarget(row, told), its, now));
            if (decision instanceof Decision.Look look && look.attention() != null) {
                decision = waitFor(row, look, observed, now);
            }
        }
        if (decision instanceof Decision.Inspect) {
            decision = Decide.decide(row, questions.inspect(row, observed), its, now);
        }
        return withForm(decision, row, observed);
    }

    private Observation withTarget(Migration row, Observation seen) {
        return seen.current() == null ? seen : seen.against(tasks.target(row));
    }

    /** A task under way that differs from its row in form is used as it is; the operator sees it while nothing else is to be seen. */
    private static Decision withForm(Decision decision, Migration row, Observation observed) {
        var form = observed.target().form();
        if (form.isEmpty() || !row.stage().underWay()) {
            return decision;
        }
        var warning =
                observed.target().formWarning(row.taskId(), observed.seen().taskState());
        if (decision instanceof Decision.Look look && look.attention() == null) {
            return new Decision.Look(look.stage(), warning);
        }
        return decision instanceof Decision.Close close && close.reason() == null
                ? new Decision.Close(close.outcome(), warning, close.failure())
                : decision;
    }

    @Override
    public Decision waitFor(Migration row, Decision.Look look, Observation observed, Instant now) {
        return new Patience(policy, "the migration itself was not touched")
                .look(row, look.stage(), look.attention(), observed, now);
    }

    @Override
    public Optional<String> launchRefusal(Instant now) {
        return policy.mayLaunchAt(now)
                ? Optional.empty()
                : Optional.of("nothing is launched outside the window of the cutover");
    }

    @Override
    public void release(int row) {
        released.add(row);
    }

    @Override
    public int restarts() {
        return policy.restarts();
    }

    /** Launches first, since each frees a place; then starts; then tasks that are still missing. */
    @Override
    public boolean act(List<Wished> wishes, Turn turn) {
        int most = turn.mostCalls();
        var adopts = of(Decision.Adopt.class, wishes);
        turn.take(adopted(adopts.subList(0, Math.min(most, adopts.size())), turn));
        var prepares = turn.rows(of(Decision.Prepare.class, wishes));
        var may = mayStart(wishes, turn);
        var unlimited = limitSpeeds(may, turn);
        may.replaceAll(row -> turn.row(row.row()));
        may.removeAll(unlimited);
        var waiting = preparing(prepares, turn);
        unlimited.forEach(row -> waiting.add(row.wave()));
        var starts = StartQueue.next(may, waiting, free(wishes, turn));
        var changes = new ArrayList<Change>();
        turn.rows(of(Decision.Launch.class, wishes)).forEach(row -> changes.add(launch(row)));
        starts.forEach(row -> changes.add(start(row)));
        turn.perform(changes.subList(0, Math.min(most, changes.size())));
        int left = Math.max(0, most - changes.size());
        turn.take(tasks.prepare(prepares.subList(0, Math.min(left, prepares.size()))));
        return adopts.size() > most || changes.size() > most || prepares.size() > left;
    }

    private List<Migration> adopted(List<Wished> adopts, Turn turn) {
        var seen = new HashMap<Integer, String>();
        adopts.forEach(wished -> seen.put(wished.row(), ((Decision.Adopt) wished.wish()).taskId()));
        return tasks.adopt(turn.rows(adopts), seen);
    }

    private static List<Wished> of(Class<? extends Decision.Wish> kind, List<Wished> wishes) {
        return wishes.stream().filter(wished -> kind.isInstance(wished.wish())).toList();
    }

    private List<Migration> mayStart(List<Wished> wishes, Turn turn) {
        var may = new ArrayList<Migration>();
        var broken = new ArrayList<Entry>();
        for (var row : turn.rows(of(Decision.Start.class, wishes))) {
            var why = Dependencies.broken(row, turn.board());
            if (why.isPresent()) {
                broken.add(rejected(row, why.get()));
            } else if (Dependencies.met(row, turn.board())) {
                may.add(row);
            }
        }
        turn.write(broken);
        return may;
    }

    private Entry rejected(Migration row, String because) {
        Instant now = clock.instant();
        var why = row.taskId() == null
                ? because
                : "%s; its task %s was not started and is left as it is".formatted(because, row.taskId());
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", Outcome.REJECTED + ": " + why);
        return Entry.of(row.closed(Outcome.REJECTED, why, now), List.of(event));
    }

    /**
     * Sets the speed limits by time of day, as far as calls are left.
     *
     * @return the rows, as they are now, whose limits are not set yet
     */
    private List<Migration> limitSpeeds(List<Migration> starting, Turn turn) {
        turn.performSome(
                speedRules.missing(starting).stream().map(speedRules::change).toList());
        return speedRules.missing(
                starting.stream().map(row -> turn.row(row.row())).toList());
    }

    private static Set<String> preparing(List<Migration> prepares, Turn turn) {
        var waves = new HashSet<String>();
        prepares.forEach(row -> waves.add(row.wave()));
        turn.board().open().stream()
                .filter(row -> row.stage() == Stage.PLANNED
                        && row.call() != null
                        && row.call().state().undecided())
                .forEach(row -> waves.add(row.wave()));
        return waves;
    }

    private int free(List<Wished> wishes, Turn turn) {
        var starts = of(Decision.Start.class, wishes).stream().map(Wished::row).toList();
        return (int) Math.max(0, concurrent - turn.board().placesTaken(starts) - othersCopying);
    }

    private Change start(Migration row) {
        var task = Objects.requireNonNull(row.taskId());
        return new Change(row, Operation.START, task, () -> act(task, TaskAction.START), this::started);
    }

    private Change.Consequence started(Migration row, Answer answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        return Begins.begun(row, clock.instant());
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

    private @Nullable String act(String task, TaskAction action) {
        sms.act(task, action);
        return null;
    }
}
