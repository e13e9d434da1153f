package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.FreedRows;
import dev.smsrunner.cutover.GateAnswer;
import dev.smsrunner.cutover.GateQuestions;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.cutover.LaunchGates;
import dev.smsrunner.cutover.MissedWindows;
import dev.smsrunner.cutover.NotLaunchedRows;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.OccupiedPlaces;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.cutover.WindowEdge;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.RowCache;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Order of the cutover for the rows of a run: turns, waiting rows and their obstacles. */
final class CutoverOrder {

    /** Obstacles that end at a known time, which the loop wakes up for. */
    private static final Set<Obstacle.Kind> TIMED = EnumSet.of(
            Obstacle.Kind.START, Obstacle.Kind.WINDOW, Obstacle.Kind.CAPACITY, Obstacle.Kind.PACE, Obstacle.Kind.GATE);

    private static final Logger log = LoggerFactory.getLogger(CutoverOrder.class);

    private final CutoverPlan plan;
    private final @Nullable Duration giveUpAfter;
    private final RowCache rowCache;
    private final OutOfOrderLaunches outOfOrder;
    private Map<Obstacle.Kind, Integer> loggedCounts = Map.of();
    private Map<Integer, Obstacle> obstacles = Map.of();
    private @Nullable CutoverSnapshot obstaclesOf;
    private int otherServers;
    private CutoverSnapshot observedSnapshot;

    /**
     * Order for the rows of a run.
     *
     * @param giveUpAfter time without any change after which the run stops waiting for a server outside the run; null =
     *     never
     * @param isCreatedByRun whether this run created the task of a row
     */
    CutoverOrder(
            CutoverPlan plan, @Nullable Duration giveUpAfter, RowCache rowCache, Predicate<LedgerRow> isCreatedByRun) {
        this.plan = plan;
        this.giveUpAfter = giveUpAfter;
        this.rowCache = rowCache;
        this.observedSnapshot = snapshot();
        this.outOfOrder = new OutOfOrderLaunches(rowCache, isCreatedByRun);
    }

    /** Starts an observation. Until the next one, explanations use the rows in their current state. */
    void startObservation() {
        observedSnapshot = snapshot();
    }

    private CutoverSnapshot snapshot() {
        return rowCache.snapshot(plan);
    }

    /** Rows in sync to launch now. */
    List<LedgerRow> selectLaunches(List<LedgerRow> inSync, Instant now) {
        return LaunchDecider.next(inSync, snapshot(), now);
    }

    /**
     * Rows to start now.
     *
     * @param otherServers number of servers outside the run that take places of the account
     */
    List<LedgerRow> selectStarts(List<LedgerRow> startable, int otherServers, Instant now) {
        this.otherServers = otherServers;
        return new StartQueue(snapshot(), otherServers, now).next(startable);
    }

    /** Rows that can take places of the account: open rows, and ended rows that were left in sync. */
    List<LedgerRow> rowsInPlaces() {
        return rowCache.allRows().stream()
                .filter(row -> row.isOpen() || OccupiedPlaces.takesOne(row))
                .toList();
    }

    /** Whether an operator requested the launch of the row. */
    boolean isReleased(LedgerRow row) {
        return rowCache.controls().released().contains(row.row());
    }

    /** Whether an operator forced the launch of the row. */
    boolean isForced(LedgerRow row) {
        return rowCache.controls().forced().contains(row.row());
    }

    /** Obstacle to a launch of the row in the launch order; empty when there is none. */
    Optional<String> launchObstacle(LedgerRow row) {
        return LaunchDecider.order(row, snapshot()).map(Obstacle::line);
    }

    /** Obstacle of the row's windows to its launch; empty when there is none. */
    Optional<String> windowObstacle(LedgerRow row, Instant now) {
        return LaunchDecider.window(row, snapshot(), now).map(Obstacle::line);
    }

    /** Instant from which a launch that is allowed now must not be sent any more; empty without windows. */
    Optional<Instant> lastCall(LedgerRow row, Instant now) {
        return Optional.ofNullable(plan.windowsOf(row).lastCallAt(now));
    }

    /** Gate that holds even a launch that an operator requests; empty when there is none. */
    Optional<String> launchGate(LedgerRow row, Instant now) {
        return new LaunchGates(snapshot(), now).findClosedBeforeLaunch(row).map(Obstacle::text);
    }

    /** End of the approvals that let the row start or launch; empty when no gate holds it. */
    Optional<Instant> approvedUntil(LedgerRow row, boolean start, Instant now) {
        return new LaunchGates(snapshot(), now).validUntil(row, start);
    }

    /** Answer to an operator who approves or denies a gate. */
    GateAnswer answerGate(Control control, Map<Integer, String> digests, Instant now) {
        return gatesToVoid(digests, now).isEmpty()
                ? GateAnswer.of(control, snapshot(), digests, now)
                : GateAnswer.refused(
                        "the rows of the gate changed, so the runner asks its approvers again; repeat the answer then");
    }

    /** Questions of the gates at which rows wait now. */
    List<GateDecision> gatesToAsk(Map<Integer, String> digests, Instant now) {
        var waiting = obstacles(now).entrySet().stream()
                .filter(entry -> entry.getValue().kind() == Obstacle.Kind.GATE)
                .map(entry -> rowCache.get(entry.getKey()))
                .toList();
        return new GateQuestions(snapshot(), digests, now).toAsk(waiting);
    }

    /** Gates whose answers lost their effect, since their rows changed. */
    List<GateDecision> gatesToVoid(Map<Integer, String> digests, Instant now) {
        return new GateQuestions(snapshot(), digests, now).toVoid();
    }

    /** Whether rows wait for launches by an operator at this instant. */
    boolean isHeldOpen(Instant now) {
        var until = rowCache.controls().gates().holdUntil();
        return plan.hold() != null && (until == null || now.isBefore(until));
    }

    /** End of the wait for launches by an operator that starts now; empty when it does not. */
    Optional<Instant> startHold(int otherServers, Instant now) {
        var hold = plan.hold();
        return hold != null && new NotLaunchedRows(snapshot(), giveUpAfter, now).startsHold(otherServers)
                ? Optional.of(now.plus(hold))
                : Optional.empty();
    }

    /** Obstacle to a launch of the row besides its turn; empty when there is none. */
    Optional<String> launchLimit(LedgerRow row, Instant now) {
        return LaunchDecider.limit(row, snapshot(), now).map(Obstacle::line);
    }

    List<LedgerRow> rowsFreedBy(List<LedgerRow> changed, Instant now) {
        return FreedRows.find(changed, snapshot(), now);
    }

    /** Ids, in lower case, of servers outside the run that rows depend on and that have not been observed as launched. */
    Set<String> awaitedElsewhere() {
        var snapshot = snapshot();
        var ids = new HashSet<String>();
        rowCache.openRows().forEach(row -> awaited(row, snapshot).forEach(reference -> ids.add(reference.id())));
        return ids;
    }

    private Stream<DependencyRef> awaited(LedgerRow row, CutoverSnapshot snapshot) {
        return references(row)
                .filter(reference ->
                        reference.byId() && snapshot.resolve(reference).isEmpty())
                .filter(reference -> !rowCache.controls().acceptedElsewhere().contains(reference.key()));
    }

    /** Records the launched servers outside the run: one event for each row that waited for one. */
    List<LedgerWrite> acceptLaunchedElsewhere(Predicate<String> isLaunched) {
        var snapshot = snapshot();
        var writes = new ArrayList<LedgerWrite>();
        var found = new HashSet<String>();
        for (var row : rowCache.openRows()) {
            var launched = awaited(row, snapshot)
                    .filter(reference -> isLaunched.test(reference.id()))
                    .map(DependencyRef::key)
                    .toList();
            found.addAll(launched);
            if (!launched.isEmpty()) {
                writes.add(LedgerWrite.of(
                        row, launched.stream().map(key -> accepted(row, key)).toList()));
            }
        }
        if (!found.isEmpty()) {
            rowCache.setControls(rowCache.controls().withAcceptedElsewhere(found));
        }
        return writes;
    }

    private static EventDraft accepted(LedgerRow row, String key) {
        return EventDraft.ofRow(row, EventKind.DEPENDENCY, key, "ACCEPTED", "SMS shows it as cutovered");
    }

    private static Stream<DependencyRef> references(LedgerRow row) {
        return row.dependsOn().stream().map(DependencyRef::of);
    }

    /**
     * Ends the rows that can never be launched, once no other open row can change that.
     *
     * @param otherServers number of servers outside the run that take places of the account
     */
    List<LedgerWrite> finishUnlaunchable(int otherServers, Instant now) {
        var writes = new ArrayList<LedgerWrite>();
        var missed = MissedWindows.rowsToEnd(snapshot(), now);
        missed.forEach((number, reason) -> {
            if (!isToPause(rowCache.get(number))) {
                writes.add(finishMissed(rowCache.get(number), reason, now));
            }
        });
        new NotLaunchedRows(snapshot(), giveUpAfter, now)
                .rowsToEnd(otherServers).entrySet().stream()
                        .filter(row -> !missed.containsKey(row.getKey()))
                        .forEach(
                                row -> writes.add(finishUnlaunchable(rowCache.get(row.getKey()), row.getValue(), now)));
        return writes;
    }

    /** Rows whose windows are over and whose tasks are paused before the rows end. */
    List<LedgerRow> rowsToPause(Instant now) {
        return MissedWindows.rowsToEnd(snapshot(), now).keySet().stream()
                .map(rowCache::get)
                .filter(this::isToPause)
                .toList();
    }

    /** Whether the task of a row that ends runs, and its pause has no result yet. A call that was not sent has none. */
    private boolean isToPause(LedgerRow row) {
        boolean decided = row.call() != null
                && row.call().operation() == Operation.PAUSE
                && row.call().state() != CallState.NOT_SENT;
        return plan.atClose() == CutoverSettings.AtClose.STOP
                && row.taskId() != null
                && row.observed().showsUnderWay()
                && AttentionCause.of(row.attention()).orElse(null) != AttentionCause.UNKNOWN_STATE
                && !decided;
    }

    private static String pauseText(LedgerRow row) {
        if (row.hasExecuted(Operation.PAUSE)) {
            return "; its task was paused (cutover.at-close: stop), SMS checks the source again after a pause";
        }
        boolean refused = row.call() != null && row.call().operation() == Operation.PAUSE;
        return refused ? "; SMS refused to pause its task (cutover.at-close: stop)" : "";
    }

    private LedgerWrite finishMissed(LedgerRow row, String reason, Instant now) {
        var text = holdCause(row, snapshot())
                        .map(cause -> "%s; until then it waited because %s".formatted(reason, cause))
                        .orElse(reason)
                + pauseText(row);
        boolean inSync = row.stage() == Stage.SYNCING && plan.atClose() != CutoverSettings.AtClose.STOP;
        var advice = inSync ? MissedWindows.ADVICE : MissedWindows.ADVICE_WITHOUT_SYNC;
        return LedgerWrite.of(
                row.withFailure(Failure.of(text, "OPERATOR", advice)).end(Outcome.NOT_LAUNCHED, text, now),
                List.of(EventDraft.ofEnd(row, Outcome.NOT_LAUNCHED, text)));
    }

    /** Obstacle that held a row in sync until its windows were over. */
    private static Optional<String> holdCause(LedgerRow row, CutoverSnapshot snapshot) {
        return row.stage() != Stage.SYNCING
                ? Optional.empty()
                : LaunchDecider.order(row, snapshot)
                        .flatMap(obstacle -> LaunchDecider.describeHold(row, snapshot))
                        .or(() -> LaunchDecider.describeCapacity(row, snapshot));
    }

    private static LedgerWrite finishUnlaunchable(LedgerRow row, String reason, Instant now) {
        var again = row.stage().isUnderWay() ? " again" : "";
        var text = row.stage() == Stage.SYNCING ? reason : reason + "; its copy was not started" + again;
        var advice = advice(reason);
        var event = EventDraft.ofEnd(row, Outcome.NOT_LAUNCHED, text);
        return LedgerWrite.of(
                row.withFailure(Failure.of(text, "OPERATOR", advice)).end(Outcome.NOT_LAUNCHED, text, now),
                List.of(event));
    }

    private static String advice(String reason) {
        if (NotLaunchedRows.isWithoutPlace(reason)) {
            return "Launch or stop servers that stay in sync, or raise limits.concurrent, then rerun.";
        }
        return NotLaunchedRows.isDependency(reason)
                ? "Correct its dependencies, then rerun. The migration task is left as it is."
                : "Agree on the launch, then rerun. The migration task is left as it is.";
    }

    /**
     * Adds the obstacle of the launch, or the violation of the launch, and earlier reports of it to the decision.
     *
     * @param row state before the decision
     * @param isLaunched whether the target of a source server runs, by its id, according to the observation
     */
    Decision explain(LedgerRow row, Decision decision, Predicate<String> isLaunched, Instant now) {
        if (decision instanceof Decision.Finish finish && finish.outcome() == Outcome.NOT_LAUNCHED) {
            return LaunchDecider.order(row, observedSnapshot)
                    .flatMap(obstacle -> LaunchDecider.describeHold(row, observedSnapshot))
                    .or(() -> LaunchDecider.describeCapacity(row, observedSnapshot))
                    .or(() -> LaunchDecider.describeGate(row, observedSnapshot, now))
                    .<Decision>map(cause -> withCause(finish, cause))
                    .orElse(decision);
        }
        if (decision instanceof Decision.Finish finish && finish.outcome() == Outcome.SYNCED && plan.hold() != null) {
            return LaunchDecider.describeGate(row, observedSnapshot, now)
                    .<Decision>map(CutoverOrder::notLaunched)
                    .orElse(decision);
        }
        return outOfOrder.explain(row, decision, () -> snapshotAfterObservation(row, isLaunched), now);
    }

    /** Current rows, with the servers outside the run that the row waits for and that the observation shows as launched. */
    private CutoverSnapshot snapshotAfterObservation(LedgerRow row, Predicate<String> isLaunched) {
        var snapshot = snapshot();
        var launched = awaited(row, snapshot)
                .filter(reference -> isLaunched.test(reference.id()))
                .map(DependencyRef::key)
                .collect(Collectors.toSet());
        return launched.isEmpty() ? snapshot : snapshot.withAcceptedElsewhere(launched);
    }

    private static Decision notLaunched(String gate) {
        var advice = "Agree on the launch, then rerun. The task stays in sync meanwhile.";
        return Decision.Finish.of(Outcome.NOT_LAUNCHED, Failure.of(gate, "OPERATOR", advice));
    }

    private static Decision withCause(Decision.Finish finish, String cause) {
        var text = "%s; until then it waited because %s".formatted(finish.reason(), cause);
        var failure = Objects.requireNonNull(finish.failure());
        return new Decision.Finish(finish.outcome(), text, failure.withText(text));
    }

    /** Time when the next row may start or launch without any other change; empty when unknown. */
    Optional<Instant> nextDue(Instant now) {
        var untils = obstacles(now).values().stream()
                .filter(obstacle -> TIMED.contains(obstacle.kind()))
                .map(Obstacle::until)
                .filter(Objects::nonNull);
        return Stream.concat(untils, WindowEdge.of(plan.windows()).stream().map(WindowEdge::at))
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Cached while nothing changes. */
    private Map<Integer, Obstacle> obstacles(Instant now) {
        var snapshot = snapshot();
        if (snapshot != obstaclesOf) {
            obstacles = WaitingReasons.of(snapshot, otherServers, now);
            obstaclesOf = snapshot;
        }
        return obstacles;
    }

    /** Logs the number of waiting rows by cause, whenever it has changed. */
    void logWaiting(Instant now) {
        var counts = WaitingReasons.counts(obstacles(now));
        if (!counts.equals(loggedCounts)) {
            loggedCounts = counts;
            log.info("Waiting rows by cause: {}", counts);
        }
    }
}
