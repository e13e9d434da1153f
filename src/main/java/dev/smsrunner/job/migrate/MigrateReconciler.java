package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.GateAnswer;
import dev.smsrunner.cutover.WindowEdge;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.job.migrate.task.TaskProvisioner;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.ConsistencyRule;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.PassActions;
import dev.smsrunner.reconcile.PendingAction;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.RowCache;
import dev.smsrunner.reconcile.RowInspector;
import dev.smsrunner.reconcile.SpeedRules;
import dev.smsrunner.reconcile.StallPolicy;
import dev.smsrunner.reconcile.Sweep;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskAction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reconciler of the main job: creates, starts and watches tasks, and launches their targets. */
public final class MigrateReconciler implements JobReconciler<Observation> {

    private static final Logger log = LoggerFactory.getLogger(MigrateReconciler.class);

    private final SmsApi sms;
    private final Ledger ledger;
    private final TaskProvisioner tasks;
    private final DecisionPolicy policy;
    private final CutoverPlan plan;
    private final CallFailurePolicy failurePolicy;
    private final RowInspector inspector;
    private final CopyRates rates;
    private final SpeedRules speedRules;
    private final TaskDifferences taskDifferences;
    private final ConsistencyComparisons comparisons;
    private final Clock clock;
    private final FencedRun owner;
    private @Nullable Set<String> windowEdges;
    private final String runId;
    private @Nullable Map<Integer, String> digests;
    private @Nullable CutoverOrder order;
    private @Nullable LaunchOverride override;
    private Sweep sweep = new Sweep(Instant.EPOCH, Map.of(), 0, Map.of());

    public MigrateReconciler(
            ReconcileContext context,
            SmsApi sms,
            TaskProvisioner tasks,
            DecisionPolicy policy,
            Map<String, String> defaults,
            CutoverPlan plan) {
        this.sms = sms;
        this.ledger = context.ledger();
        this.tasks = tasks;
        this.policy = policy;
        this.plan = plan;
        this.owner = context.owner();
        this.runId = owner.runId();
        this.failurePolicy =
                new CallFailurePolicy(context.backoff(), ledger.refusalCounts(runId), policy.giveUpAfter());
        this.inspector = new RowInspector(sms);
        this.taskDifferences = new TaskDifferences(tasks::addressDifference);
        this.rates = new CopyRates(policy.stalledAfter());
        this.speedRules = new SpeedRules(context, sms, policy, defaults, failurePolicy);
        this.comparisons = new ConsistencyComparisons(inspector, tasks.rowsToCompare(runId));
        this.clock = context.clock();
    }

    @Override
    public void attach(RowCache rowCache) {
        order = new CutoverOrder(
                plan, policy.giveUpAfter(), rowCache, row -> ledger.hasExecutedCall(row, Operation.CREATE));
        override = new LaunchOverride(rowCache, plan, policy);
    }

    private CutoverOrder order() {
        return Objects.requireNonNull(order, "The reconciler has no rows yet. Call attach first.");
    }

    private LaunchOverride override() {
        return Objects.requireNonNull(override, "The reconciler has no rows yet. Call attach first.");
    }

    @Override
    public void prepare(PassActions actions) {
        actions.write(DuplicateTaskCheck.find(sms, actions.rowCache()));
        actions.write(LaunchWarnings.find(actions.rowCache(), ledger, tasks));
    }

    @Override
    public Function<LedgerRow, Observation> observe(List<LedgerRow> open, Instant now) {
        order().startObservation();
        sweep = Sweep.observe(sms, Sweep.sources(order().rowsInPlaces()), order().awaitedElsewhere(), now);
        tasks.markSourcesFresh();
        return row -> withTarget(row, sweep.of(Objects.requireNonNull(row.sourceId())));
    }

    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        var call = row.call();
        return call != null && call.isUndecided(Operation.SPEED_RULES)
                ? speedRules.callState(row, observed)
                : LostCallResolver.resolve(row, observed, policy);
    }

    @Override
    public @Nullable Consistency consistency(LedgerRow row, Observation observed, Instant now) {
        var exists = sweep.resultExists().get(Objects.requireNonNull(row.sourceId()));
        return comparisons.of(row, observed, exists, policyOf(row), now);
    }

    /** Decides, then applies the comparison of source and target to launches and ends. */
    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        var decision = ConsistencyRule.of(decideOrInspect(row, observed, now), row, observed, policyOf(row), now);
        boolean missed = decision instanceof Decision.Finish finish && finish.outcome() == Outcome.NOT_LAUNCHED;
        return missed && plan.atClose() == CutoverSettings.AtClose.STOP
                ? new Decision.Wait(Stage.SYNCING, null) // its task is paused before the row ends
                : decision;
    }

    @Override
    public Decision explain(LedgerRow row, Decision decision) {
        return order().explain(row, decision, sweep::isLaunched, clock.instant());
    }

    private DecisionPolicy policyOf(LedgerRow row) {
        if (order().isForced(row)) {
            return policy.forForcedLaunch();
        }
        var now = clock.instant();
        boolean launchable = order().isHeldOpen(now) && !policy.isWindowMissedAt(row, now);
        return launchable || order().isReleased(row) ? policy.forManualLaunch() : policy;
    }

    /** Digests of the inventory rows, which do not change while the run works; none without gates. */
    private Map<Integer, String> digests() {
        if (digests == null) {
            digests = plan.gates().isEmpty() ? Map.of() : ledger.rowDigests(runId);
        }
        return digests;
    }

    /** Decides; queries the service for the single row where the list is not sufficient. */
    private Decision decideOrInspect(LedgerRow row, Observation observed, Instant now) {
        var rowPolicy = policyOf(row);
        inspector.recordObservation(row, observed);
        var rate = rates.measure(row.row(), observed);
        var decision = MigrateDecider.decide(row, observed, rowPolicy, now);
        if (decision instanceof Decision.Confirm) {
            decision = inspector.confirm(
                    row, observed, inspected -> MigrateDecider.decide(row, withTarget(row, inspected), rowPolicy, now));
            if (decision instanceof Decision.Wait wait && wait.attention() != null) {
                decision = waitOrGiveUp(row, wait, observed, now);
            }
        }
        if (decision instanceof Decision.Inspect) {
            decision = MigrateDecider.decide(row, inspector.inspect(row, observed), rowPolicy, now);
        }
        decision = StallCause.explain(decision, observed, rate, StallPolicy.ofMigration(rowPolicy), now, plan::format);
        return taskDifferences.report(decision, row, observed);
    }

    private Observation withTarget(LedgerRow row, Observation observed) {
        return observed.comparedWith(row.taskId(), current -> tasks.compare(row, current));
    }

    @Override
    public CallFailurePolicy failurePolicy() {
        return failurePolicy;
    }

    @Override
    public void onRetry(int row) {
        tasks.forget(row);
    }

    @Override
    public Decision waitOrGiveUp(LedgerRow row, Decision.Wait wait, Observation observed, Instant now) {
        return StallPolicy.ofMigration(policy).waitOrGiveUp(row, wait.stage(), wait.attention(), observed, now);
    }

    @Override
    public Optional<String> launchRefusal(LedgerRow row, boolean forced, Instant now) {
        var closed = order().windowObstacle(row, now);
        if (closed.isPresent()) {
            return closed.map(why -> "nothing is launched outside the cutover window: " + why);
        }
        var gate = order().launchGate(row, now);
        if (gate.isPresent()) {
            return Optional.of("%s waits for an agreement: %s. No request overrides it, not even with --force"
                    .formatted(row.label(), gate.get()));
        }
        return forced
                ? Optional.empty()
                : order().launchObstacle(row)
                        .map(why -> "%s waits: %s".formatted(row.label(), why))
                        .or(() -> ConsistencyRule.launchObjection(row, policy))
                        .map(why -> why + ". Add --force to override this");
    }

    @Override
    public Optional<String> describeOverride(LedgerRow row, String by) {
        return override().of(row, by);
    }

    @Override
    public GateAnswer answerGate(Control control, Instant now) {
        return order().answerGate(control, digests(), now);
    }

    @Override
    public Optional<String> launchLimit(LedgerRow row, Instant now) {
        return order().launchLimit(row, now);
    }

    @Override
    public List<LedgerRow> rowsFreedBy(List<LedgerRow> changed, Instant now) {
        return order().rowsFreedBy(changed, now);
    }

    @Override
    public Optional<Instant> nextDue(Instant now) {
        return order().nextDue(now);
    }

    @Override
    public int maxRestarts() {
        return policy.restarts();
    }

    /** Launches first, since each frees a place; then starts; then missing tasks. */
    @Override
    public boolean act(List<PendingAction> pending, PassActions actions) {
        actions.decideGates(order().gatesToVoid(digests(), clock.instant()));
        int maxCalls = actions.maxCalls();
        var adopts = actionsOf(Decision.Adopt.class, pending);
        actions.putAll(adopt(adopts.subList(0, Math.min(maxCalls, adopts.size())), actions));
        actions.write(order().acceptLaunchedElsewhere(sweep::isLaunched));
        var launches = order().selectLaunches(actions.rows(actionsOf(Decision.Launch.class, pending)), clock.instant());
        actions.write(override().changes(launches));
        perform(launches.stream().map(this::launch).toList(), maxCalls, actions);
        int left = Math.max(0, maxCalls - launches.size());
        var startable = setSpeedRules(actions.rows(actionsOf(Decision.Start.class, pending)), actions);
        var starts = order().selectStarts(startable, sweep.otherServers(), clock.instant());
        perform(starts.stream().map(this::start).toList(), left, actions);
        left = Math.max(0, left - starts.size());
        var prepares = actions.rows(actionsOf(Decision.EnsureTask.class, pending));
        actions.putAll(tasks.prepare(prepares.subList(0, Math.min(left, prepares.size()))));
        actions.performSome(
                order().rowsToPause(clock.instant()).stream().map(this::pause).toList());
        order().startHold(sweep.otherServers(), clock.instant()).ifPresent(actions::holdUntil);
        actions.write(order().finishUnlaunchable(sweep.otherServers(), clock.instant()));
        recordWindowEdges(actions);
        actions.decideGates(order().gatesToAsk(digests(), clock.instant()));
        order().logWaiting(clock.instant());
        return adopts.size() > maxCalls || launches.size() + starts.size() > maxCalls || prepares.size() > left;
    }

    private static void perform(List<MutatingCall> changes, int maxCalls, PassActions actions) {
        actions.perform(changes.subList(0, Math.min(maxCalls, changes.size())));
    }

    private List<LedgerRow> adopt(List<PendingAction> adopts, PassActions actions) {
        var observed = new HashMap<Integer, String>();
        adopts.forEach(action -> observed.put(action.row(), ((Decision.Adopt) action.action()).taskId()));
        return tasks.adopt(actions.rows(adopts), observed);
    }

    private static List<PendingAction> actionsOf(Class<? extends Decision.Act> kind, List<PendingAction> pending) {
        return pending.stream()
                .filter(action -> kind.isInstance(action.action()))
                .toList();
    }

    /**
     * Sets the speed limits by time of day, as far as calls are left.
     *
     * @return the rows, in their current state, whose limits are set
     */
    private List<LedgerRow> setSpeedRules(List<LedgerRow> startable, PassActions actions) {
        actions.performSome(speedRules.withoutLimits(startable).stream()
                .map(speedRules::call)
                .toList());
        var current = startable.stream().map(row -> actions.row(row.row())).toList();
        var missing =
                speedRules.withoutLimits(current).stream().map(LedgerRow::row).collect(Collectors.toSet());
        return current.stream().filter(row -> !missing.contains(row.row())).toList();
    }

    /** Records each opening, last call and close once, also those that a machine slept through. */
    private void recordWindowEdges(PassActions actions) {
        if (plan.windows().isEmpty()) {
            return;
        }
        var recorded = windowEdges == null ? ledger.windowEdges(owner.runId()) : windowEdges;
        var begin = actions.rowCache().allRows().stream()
                .map(row -> row.milestones().queuedAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
        var due = WindowEdge.due(plan.windows(), recorded, begin, clock.instant());
        var all = new HashSet<>(recorded);
        due.forEach(edge -> all.add(edge.key()));
        if (!due.isEmpty()) {
            due.forEach(edge -> log.info("{}", edge.text()));
            ledger.appendRunEvents(
                    owner,
                    due.stream()
                            .map(edge -> EventDraft.ofWindow(
                                    edge.window().name(), edge.kind().name(), edge.text()))
                            .toArray(EventDraft[]::new));
        }
        windowEdges = all;
    }

    /** Pauses the task of a row that ends without a launch. A refusal does not change the end of the row. */
    private MutatingCall pause(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        return new MutatingCall(
                row,
                Operation.PAUSE,
                task,
                MutatingCall.RemoteCall.of(deadline -> sms.until(deadline).act(task, TaskAction.PAUSE)),
                (called, answer) -> new MutatingCall.RowEffect(called, List.of()));
    }

    private MutatingCall start(LedgerRow row) {
        return call(
                row,
                Operation.START,
                TaskAction.START,
                order().approvedUntil(row, true, clock.instant()),
                MutatingCall.RowEffect::started);
    }

    /** The launch is the action {@code test} (UpdateTaskStatus: "launches the target server"). */
    private MutatingCall launch(LedgerRow row) {
        var now = clock.instant();
        var latest = Stream.of(order().lastCall(row, now), order().approvedUntil(row, false, now))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
        return call(row, Operation.LAUNCH, TaskAction.LAUNCH, latest, MigrateReconciler::launched);
    }

    private static MutatingCall.RowEffect launched(LedgerRow row, Instant now) {
        var attention = AttentionCause.isInformational(row.attention()) ? row.attention() : null;
        return new MutatingCall.RowEffect(
                row.clearSchedule().withAttention(attention).withStage(Stage.LAUNCHING, now),
                List.of(EventDraft.ofStage(row, Stage.LAUNCHING, null)));
    }

    /**
     * Call on the task of a row.
     *
     * @param latest instant from which the call must not be sent, even if its decision is still valid; empty for none
     * @param onSuccess effect of an accepted call at the given time
     */
    private MutatingCall call(
            LedgerRow row,
            Operation operation,
            TaskAction action,
            Optional<Instant> latest,
            BiFunction<LedgerRow, Instant, MutatingCall.RowEffect> onSuccess) {
        var task = Objects.requireNonNull(row.taskId());
        return new MutatingCall(
                row,
                operation,
                task,
                MutatingCall.RemoteCall.of(
                        deadline -> sms.until(latest.filter(deadline::isAfter).orElse(deadline))
                                .act(task, action)),
                (called, answer) -> answer.state() == CallState.DONE
                        ? onSuccess.apply(called, clock.instant())
                        : failurePolicy.effectOf(called, answer, clock.instant()));
    }
}
