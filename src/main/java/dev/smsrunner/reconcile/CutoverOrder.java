package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.FreedRows;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.cutover.NotLaunchedRows;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.OccupiedPlaces;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
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

/** Keeps the order of the cutover while the rows of a run are driven: whose turn it is, and who has to wait for what. */
final class CutoverOrder {

    /** What ends at a known time and is worth a look of its own. */
    private static final Set<Obstacle.Kind> TIMED =
            EnumSet.of(Obstacle.Kind.START, Obstacle.Kind.WINDOW, Obstacle.Kind.PACE);

    private static final Logger log = LoggerFactory.getLogger(CutoverOrder.class);

    private final CutoverPlan plan;
    private final @Nullable Duration patience;
    private final RowCache board;
    private final OutOfOrderLaunches outOfOrder;
    private Map<Obstacle.Kind, Integer> waitingFor = Map.of();
    private Map<Integer, Obstacle> obstacles = Map.of();
    private @Nullable CutoverSnapshot obstaclesOf;
    private int others;
    private CutoverSnapshot atLook;

    /**
     * The order for the rows of a run.
     *
     * @param patience so long without any change a server outside the run is waited for; null = for ever
     * @param isCreatedByRun whether the task of a row was created by this run
     */
    CutoverOrder(CutoverPlan plan, @Nullable Duration patience, RowCache board, Predicate<LedgerRow> isCreatedByRun) {
        this.plan = plan;
        this.patience = patience;
        this.board = board;
        this.atLook = run();
        this.outOfOrder = new OutOfOrderLaunches(board, isCreatedByRun);
    }

    /** A new look begins: what is asked of single rows until the next one is answered by the rows as they are now. */
    void look() {
        atLook = run();
    }

    private CutoverSnapshot run() {
        return board.snapshot(plan);
    }

    /** Those of the rows in sync that are launched now. */
    List<LedgerRow> launches(List<LedgerRow> inSync, Instant now) {
        return LaunchDecider.next(inSync, run(), now);
    }

    /**
     * Those of the rows that are started now.
     *
     * @param others servers that are not of this run and take places of the account
     */
    List<LedgerRow> starts(List<LedgerRow> startable, int others, Instant now) {
        this.others = others;
        return new StartQueue(run(), others, now).next(startable);
    }

    /** The rows that count for the places of the account: open ones, and ended ones that were left in sync. */
    List<LedgerRow> inPlaces() {
        return board.all().stream()
                .filter(row -> row.open() || OccupiedPlaces.takesOne(row))
                .toList();
    }

    /** Whether a person wants the target of the row to be launched. */
    boolean isReleased(LedgerRow row) {
        return board.steering().released().contains(row.row());
    }

    /** Whether a person wants it to be launched whatever speaks against it. */
    boolean isForced(LedgerRow row) {
        return board.steering().forced().contains(row.row());
    }

    /** What the order of the launches says against a launch of the row; empty when nothing. */
    Optional<String> against(LedgerRow row) {
        return LaunchDecider.order(row, run()).map(Obstacle::line);
    }

    /** What holds a launch of the row whatever its turn is; empty when nothing. */
    Optional<String> limit(LedgerRow row, Instant now) {
        return LaunchDecider.limit(row, run(), now).map(Obstacle::line);
    }

    List<LedgerRow> freedBy(List<LedgerRow> changed, Instant now) {
        return FreedRows.find(changed, run(), now);
    }

    /** The ids of servers outside the run that rows depend on and that were not seen to be launched yet, in lower case. */
    Set<String> awaitedElsewhere() {
        var run = run();
        var ids = new HashSet<String>();
        board.open().forEach(row -> awaited(row, run).forEach(reference -> ids.add(reference.id())));
        return ids;
    }

    private Stream<DependencyRef> awaited(LedgerRow row, CutoverSnapshot run) {
        return references(row)
                .filter(reference -> reference.byId() && run.resolve(reference).isEmpty())
                .filter(reference -> !board.steering().acceptedElsewhere().contains(reference.key()));
    }

    /** Takes down which servers outside the run are launched now: an event for each row that waited for it. */
    List<LedgerWrite> acceptedElsewhere(Predicate<String> isLaunched) {
        var run = run();
        var entries = new ArrayList<LedgerWrite>();
        var found = new HashSet<String>();
        for (var row : board.open()) {
            var launched = awaited(row, run)
                    .filter(reference -> isLaunched.test(reference.id()))
                    .map(DependencyRef::key)
                    .toList();
            found.addAll(launched);
            if (!launched.isEmpty()) {
                entries.add(LedgerWrite.of(
                        row, launched.stream().map(key -> accepted(row, key)).toList()));
            }
        }
        if (!found.isEmpty()) {
            board.steer(board.steering().withAcceptedElsewhere(found));
        }
        return entries;
    }

    private static EventDraft accepted(LedgerRow row, String key) {
        return EventDraft.ofRow(row, EventKind.DEPENDENCY, key, "ACCEPTED", "SMS shows it as cutovered");
    }

    private static Stream<DependencyRef> references(LedgerRow row) {
        return row.dependsOn().stream().map(DependencyRef::of);
    }

    /**
     * The rows that can never be launched, once nothing else is open that could change that.
     *
     * @param others servers that are not of this run and take places of the account
     */
    List<LedgerWrite> notLaunched(int others, Instant now) {
        var entries = new ArrayList<LedgerWrite>();
        new NotLaunchedRows(run(), patience, now)
                .rowsToEnd(others)
                .forEach((number, reason) -> entries.add(notLaunched(board.get(number), reason, now)));
        return entries;
    }

    private static LedgerWrite notLaunched(LedgerRow row, String reason, Instant now) {
        var again = row.stage().underWay() ? " again" : "";
        var text = row.stage() == Stage.SYNCING ? reason : reason + "; its copy was not started" + again;
        var advice = NotLaunchedRows.isWithoutPlace(reason)
                ? "Launch or stop servers that stay in sync, or raise limits.concurrent, then rerun."
                : "Correct what it depends on, then rerun. The migration task is left as it is.";
        var event = EventDraft.ofRow(
                row, EventKind.STAGE, row.stage().name(), Stage.CLOSED.name(), Outcome.NOT_LAUNCHED + ": " + text);
        return LedgerWrite.of(
                row.withFailure(new Failure(null, text, "OPERATOR", advice, null))
                        .closed(Outcome.NOT_LAUNCHED, text, now),
                List.of(event));
    }

    /**
     * The decision with what held the launch of the row, or what its launch went against, and with what was told of it before.
     *
     * @param row as it was before the decision
     * @param isLaunched whether the target of a source server, by its id, runs as far as the look shows
     */
    Decision explained(LedgerRow row, Decision decision, Predicate<String> isLaunched, Instant now) {
        if (decision instanceof Decision.Close close && close.outcome() == Outcome.NOT_LAUNCHED) {
            return LaunchDecider.order(row, atLook)
                    .flatMap(obstacle -> LaunchDecider.describeHold(row, atLook))
                    .<Decision>map(cause -> withCause(close, cause))
                    .orElse(decision);
        }
        return outOfOrder.explained(row, decision, () -> afterLook(row, isLaunched), now);
    }

    /** The rows as they are now, with the servers outside the run that the row waits for and that the look shows as launched. */
    private CutoverSnapshot afterLook(LedgerRow row, Predicate<String> isLaunched) {
        var run = run();
        var launched = awaited(row, run)
                .filter(reference -> isLaunched.test(reference.id()))
                .map(DependencyRef::key)
                .collect(Collectors.toSet());
        return launched.isEmpty() ? run : run.withAcceptedElsewhere(launched);
    }

    private static Decision withCause(Decision.Close close, String cause) {
        var text = "%s; until then it waited because %s".formatted(close.reason(), cause);
        var failure = Objects.requireNonNull(close.failure());
        return new Decision.Close(
                close.outcome(),
                text,
                new Failure(
                        failure.code(), text, failure.errorClass(), failure.recommendedAction(), failure.requestId()));
    }

    /** When the next row may be started or launched though nothing changes; empty when no such time is known. */
    Optional<Instant> nextDue(Instant now) {
        return waiting(now).values().stream()
                .filter(obstacle -> TIMED.contains(obstacle.kind()))
                .map(Obstacle::until)
                .filter(Objects::nonNull)
                .filter(now::isBefore)
                .min(Instant::compareTo);
    }

    /** Worked out once for all that ask while nothing changes. */
    private Map<Integer, Obstacle> waiting(Instant now) {
        var run = run();
        if (run != obstaclesOf) {
            obstacles = WaitingReasons.of(run, others, now);
            obstaclesOf = run;
        }
        return obstacles;
    }

    /** Writes to the log how many rows wait for what, whenever that has changed. */
    void logWaiting(Instant now) {
        var counts = WaitingReasons.counts(waiting(now));
        if (!counts.equals(waitingFor)) {
            waitingFor = counts;
            log.info("Rows by what they wait for: {}", counts);
        }
    }
}
