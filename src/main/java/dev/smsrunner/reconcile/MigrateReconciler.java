package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskAction;
import dev.smsrunner.task.TaskProvisioner;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The course of the main job: tasks are started in their turn, watched, and launched when they may be. */
final class MigrateReconciler implements JobReconciler<Observation> {

    private final SmsApi sms;
    private final Ledger ledger;
    private final TaskProvisioner tasks;
    private final DecisionPolicy policy;
    private final CutoverPlan plan;
    private final CallFailurePolicy refusals;
    private final RowInspector questions;
    private final CopyRates rates;
    private final SpeedRules speedRules;
    private final TaskDifferences form;
    private final ConsistencyComparisons comparisons;
    private final Clock clock;
    private @Nullable CutoverOrder order;
    private @Nullable LaunchOverride override;
    private Sweep sweep = new Sweep(Instant.EPOCH, Map.of(), 0, Map.of());

    MigrateReconciler(ReconcileLoop.Parts parts) {
        this.sms = parts.sms();
        this.ledger = parts.ledger();
        this.tasks = parts.tasks();
        this.policy = parts.policy();
        this.plan = parts.plan();
        this.refusals = new CallFailurePolicy(
                parts.backoff(),
                parts.ledger().refusals(parts.owner().runId()),
                parts.policy().giveUpAfter());
        this.questions = new RowInspector(parts.sms());
        this.form = new TaskDifferences(parts.tasks()::addressDifference);
        this.rates = new CopyRates(parts.policy().stalledAfter());
        this.speedRules = new SpeedRules(parts, refusals);
        this.comparisons = new ConsistencyComparisons(
                questions, parts.tasks().rowsToCompare(parts.owner().runId()));
        this.clock = parts.clock();
    }

    @Override
    public void attach(RowCache board) {
        order = new CutoverOrder(plan, policy.giveUpAfter(), board, this::isCreatedByRun);
        override = new LaunchOverride(board, plan, policy);
    }

    private CutoverOrder order() {
        return Objects.requireNonNull(order, "The course has no rows yet. Attach the board first.");
    }

    private LaunchOverride override() {
        return Objects.requireNonNull(override, "The course has no rows yet. Attach the board first.");
    }

    @Override
    public void begin(PassActions turn) {
        turn.write(DuplicateTaskCheck.find(sms, turn.board()));
        turn.write(LaunchWarnings.find(turn.board(), ledger, tasks));
    }

    @Override
    public Function<LedgerRow, Observation> look(List<LedgerRow> open, Instant now) {
        order().look();
        sweep = Sweep.look(sms, Sweep.sources(order().inPlaces()), order().awaitedElsewhere(), now);
        tasks.markSourcesFresh();
        return row -> withTarget(row, sweep.of(Objects.requireNonNull(row.sourceId())));
    }

    @Override
    public CallState settlement(LedgerRow row, Observation seen) {
        return row.undecided() && row.call().operation() == Operation.SPEED_RULES
                ? speedRules.settlement(row, seen)
                : LostCallResolver.of(row, seen, policy);
    }

    @Override
    public @Nullable Consistency compared(LedgerRow row, Observation observed, Instant now) {
        var exists = sweep.compared().get(Objects.requireNonNull(row.sourceId()));
        return comparisons.of(row, observed, exists, its(row), now);
    }

    /** Decides; the comparison of source and target has its say about a launch and an end. */
    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        return ConsistencyRule.of(decided(row, observed, now), row, observed, its(row), now);
    }

    @Override
    public Decision explained(LedgerRow row, Decision decision) {
        return order().explained(row, decision, sweep::isLaunched, clock.instant());
    }

    /** Whether a create of this run was carried out for the row: its task is not one that was there before. */
    private boolean isCreatedByRun(LedgerRow row) {
        return Stream.of(CallState.DONE, CallState.SEEN)
                .anyMatch(state -> ledger.lastCall(row, Operation.CREATE, state).isPresent());
    }

    private DecisionPolicy its(LedgerRow row) {
        if (order().isForced(row)) {
            return policy.forced();
        }
        return order().isReleased(row) ? policy.released() : policy;
    }

    /** Decides, and where the list does not tell enough, asks the service about the one row. */
    private Decision decided(LedgerRow row, Observation observed, Instant now) {
        var its = its(row);
        questions.looked(row, observed);
        var rate = rates.look(row.row(), observed);
        var decision = MigrateDecider.decide(row, observed, its, now);
        if (decision instanceof Decision.Confirm) {
            decision = questions.confirm(
                    row, observed, told -> MigrateDecider.decide(row, withTarget(row, told), its, now));
            if (decision instanceof Decision.Look look && look.attention() != null) {
                decision = waitFor(row, look, observed, now);
            }
        }
        if (decision instanceof Decision.Inspect) {
            decision = MigrateDecider.decide(row, questions.inspect(row, observed), its, now);
        }
        decision = StallCause.explain(decision, observed, rate, its.stalledAfter(), now, plan::format);
        return form.told(decision, row, observed);
    }

    private Observation withTarget(LedgerRow row, Observation seen) {
        return seen.against(row.taskId(), current -> tasks.compare(row, current));
    }

    @Override
    public void retried(int row) {
        refusals.forget(row);
        tasks.forget(row);
    }

    @Override
    public Decision waitFor(LedgerRow row, Decision.Look look, Observation observed, Instant now) {
        return new StallPolicy(policy, "the migration itself was not touched")
                .look(row, look.stage(), look.attention(), observed, now);
    }

    @Override
    public Optional<String> launchRefusal(LedgerRow row, boolean forced, Instant now) {
        if (!policy.mayLaunchAt(now)) {
            return Optional.of("nothing is launched outside the window of the cutover");
        }
        return forced
                ? Optional.empty()
                : order().against(row)
                        .map(why -> "%s waits: %s".formatted(row.label(), why))
                        .or(() -> ConsistencyRule.against(row, policy))
                        .map(why -> why + ". Add --force to override this");
    }

    @Override
    public Optional<String> overridden(LedgerRow row, String by) {
        return override().of(row, by);
    }

    @Override
    public Optional<String> launchLimit(LedgerRow row, Instant now) {
        return order().limit(row, now);
    }

    @Override
    public List<LedgerRow> freedBy(List<LedgerRow> changed, Instant now) {
        return order().freedBy(changed, now);
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return order().nextDue(now);
    }

    @Override
    public int restarts() {
        return policy.restarts();
    }

    /** Launches first, since each frees a place; then starts; then tasks that are still missing. */
    @Override
    public boolean act(List<PendingAction> wishes, PassActions turn) {
        int most = turn.mostCalls();
        var adopts = of(Decision.Adopt.class, wishes);
        turn.take(adopted(adopts.subList(0, Math.min(most, adopts.size())), turn));
        turn.write(order().acceptedElsewhere(sweep::isLaunched));
        var launches = order().launches(turn.rows(of(Decision.Launch.class, wishes)), clock.instant());
        turn.write(override().changed(launches));
        perform(launches.stream().map(this::launch).toList(), most, turn);
        int left = Math.max(0, most - launches.size());
        var startable = limited(turn.rows(of(Decision.Start.class, wishes)), turn);
        var starts = order().starts(startable, sweep.others(), clock.instant());
        perform(starts.stream().map(this::start).toList(), left, turn);
        left = Math.max(0, left - starts.size());
        var prepares = turn.rows(of(Decision.Prepare.class, wishes));
        turn.take(tasks.prepare(prepares.subList(0, Math.min(left, prepares.size()))));
        turn.write(order().notLaunched(sweep.others(), clock.instant()));
        order().logWaiting(clock.instant());
        return adopts.size() > most || launches.size() + starts.size() > most || prepares.size() > left;
    }

    private static void perform(List<MutatingCall> changes, int most, PassActions turn) {
        turn.perform(changes.subList(0, Math.min(most, changes.size())));
    }

    private List<LedgerRow> adopted(List<PendingAction> adopts, PassActions turn) {
        var seen = new HashMap<Integer, String>();
        adopts.forEach(wished -> seen.put(wished.row(), ((Decision.Adopt) wished.wish()).taskId()));
        return tasks.adopt(turn.rows(adopts), seen);
    }

    private static List<PendingAction> of(Class<? extends Decision.Wish> kind, List<PendingAction> wishes) {
        return wishes.stream().filter(wished -> kind.isInstance(wished.wish())).toList();
    }

    /**
     * Sets the speed limits by time of day, as far as calls are left.
     *
     * @return the rows, as they are now, whose limits are set
     */
    private List<LedgerRow> limited(List<LedgerRow> startable, PassActions turn) {
        turn.performSome(
                speedRules.missing(startable).stream().map(speedRules::change).toList());
        var now = startable.stream().map(row -> turn.row(row.row())).toList();
        var missing = speedRules.missing(now).stream().map(LedgerRow::row).collect(Collectors.toSet());
        return now.stream().filter(row -> !missing.contains(row.row())).toList();
    }

    private MutatingCall start(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        return new MutatingCall(row, Operation.START, task, () -> act(task, TaskAction.START), this::started);
    }

    private MutatingCall.Consequence started(LedgerRow row, CallResult answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        return RowTransitions.begun(row, clock.instant());
    }

    /** The launch is the action {@code test} (UpdateTaskStatus: "launches the target server"). */
    private MutatingCall launch(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        return new MutatingCall(row, Operation.LAUNCH, task, () -> act(task, TaskAction.LAUNCH), this::launched);
    }

    private MutatingCall.Consequence launched(LedgerRow row, CallResult answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.LAUNCHING.name(), null);
        var attention = AttentionCause.isOnlyTold(row.attention()) ? row.attention() : null;
        return new MutatingCall.Consequence(
                row.notBefore(null, null).withAttention(attention).reached(Stage.LAUNCHING, clock.instant()),
                List.of(event));
    }

    private @Nullable String act(String task, TaskAction action) {
        sms.act(task, action);
        return null;
    }
}
