package dev.smsrunner.cutover;

import dev.smsrunner.cutover.Obstacle.Kind;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Current obstacles of the open rows of a run; pure, derived from the ledger on each request. */
public final class WaitingReasons {

    private final CutoverSnapshot run;
    private final int others;
    private final Instant now;

    private WaitingReasons(CutoverSnapshot run, int others, Instant now) {
        this.run = run;
        this.others = others;
        this.now = now;
    }

    /** First obstacle of each open row, by row number. */
    public static Map<Integer, Obstacle> of(CutoverSnapshot run, Instant now) {
        return of(run, 0, now);
    }

    /**
     * First obstacle of each open row while other servers occupy places of the account.
     *
     * @param others number of known servers outside this run that occupy places of the account
     */
    public static Map<Integer, Obstacle> of(CutoverSnapshot run, int others, Instant now) {
        return new WaitingReasons(run, others, now).all();
    }

    /** Number of rows by kind of obstacle. */
    public static Map<Kind, Integer> counts(Map<Integer, Obstacle> obstacles) {
        var counts = new EnumMap<Kind, Integer>(Kind.class);
        obstacles.values().forEach(obstacle -> counts.merge(obstacle.kind(), 1, Integer::sum));
        return counts;
    }

    /**
     * Chain from the row to the row that holds it, and so on, down to a row that no other row holds.
     *
     * @param obstacles result of {@link #of}
     */
    public static List<Integer> chain(int row, Map<Integer, Obstacle> obstacles) {
        var chain = new ArrayList<Integer>();
        Integer next = row;
        while (next != null && !chain.contains(next)) {
            chain.add(next);
            var obstacle = obstacles.get(next);
            next = obstacle == null || obstacle.rows().isEmpty()
                    ? null
                    : obstacle.rows().get(0);
        }
        return chain;
    }

    private Map<Integer, Obstacle> all() {
        var outageSince = run.controls().serviceAwaySince();
        return outageSince == null ? obstacles() : duringOutage(outageSince);
    }

    /** Obstacle of all rows while the service is unreachable: nothing is observed and nothing is done. */
    private Map<Integer, Obstacle> duringOutage(Instant since) {
        var obstacle =
                Obstacle.of(Kind.API, "away since " + run.plan().format(since)).since(since);
        var found = new TreeMap<Integer, Obstacle>();
        run.openRows().forEach(row -> found.put(row.row(), obstacle));
        return found;
    }

    private Map<Integer, Obstacle> obstacles() {
        var found = new TreeMap<Integer, Obstacle>();
        var startable = new ArrayList<LedgerRow>();
        for (var row : run.openRows()) {
            var first = findTrouble(row);
            if (first.isPresent()) {
                found.put(row.row(), first.get());
            } else if (waitsForStart(row)) {
                startable.add(row);
            } else {
                found.put(row.row(), work(row));
            }
        }
        var queue = new StartQueue(run, others, now).obstacles(startable);
        startable.forEach(row -> found.put(
                row.row(), queue.getOrDefault(row.row(), Obstacle.of(Kind.NEXT, "started at the next poll"))));
        return found;
    }

    private boolean waitsForStart(LedgerRow row) {
        boolean ready = row.stage() == Stage.TASK_READY && !OccupiedPlaces.runsUnstarted(row);
        return run.plan().migrates() && (ready || OccupiedPlaces.waitsForRestart(row));
    }

    /** Obstacle that can hold a row in any stage. */
    private Optional<Obstacle> findTrouble(LedgerRow row) {
        if (row.hasUndecidedCall()) {
            var call = Objects.requireNonNull(row.call());
            return Optional.of(
                    Obstacle.of(Kind.LOST_ANSWER, "of %s; checking whether it was executed".formatted(call.operation()))
                            .since(call.at()));
        }
        var attention = row.attention();
        var cause = AttentionCause.of(attention).orElse(null);
        if (cause == AttentionCause.UNKNOWN_STATE) {
            return Optional.of(Obstacle.of(Kind.UNKNOWN_STATE, row.observed().text())
                    .since(row.observed().changedAt()));
        }
        if (cause == AttentionCause.DISCONNECTED
                || Boolean.FALSE.equals(row.observed().connected())) {
            var since = row.observed().changedAt();
            return Optional.of(Obstacle.of(
                            Kind.AGENT,
                            since == null ? "away" : "away since " + run.plan().format(since))
                    .since(since));
        }
        var next = row.nextAt();
        if (next != null && now.isBefore(next)) {
            return Optional.of(Obstacle.of(Kind.BACKOFF, backoff(row, next)).until(next));
        }
        return attention == null || AttentionCause.isInformational(attention)
                ? Optional.empty()
                : Optional.of(attentionObstacle(row, attention, cause));
    }

    private static Obstacle attentionObstacle(LedgerRow row, String attention, @Nullable AttentionCause cause) {
        if (cause == null) {
            return Obstacle.of(Kind.ATTENTION, attention);
        }
        var obstacle = Obstacle.of(kind(cause), cause.details(attention));
        return cause == AttentionCause.SLOW // its bytes change
                ? obstacle
                : obstacle.since(row.observed().changedAt());
    }

    private static Kind kind(AttentionCause cause) {
        return switch (cause) {
            case UNKNOWN_STATE -> Kind.UNKNOWN_STATE;
            case DISCONNECTED -> Kind.AGENT;
            case STALLED -> Kind.STALLED;
            case SLOW -> Kind.SLOW;
            case NOT_IN_SYNC -> Kind.NOT_IN_SYNC;
            case OVER_SPEED -> Kind.OVER_SPEED;
            case TASK_PAUSED -> Kind.TASK_PAUSED;
            case CONSISTENCY -> Kind.CONSISTENCY;
        };
    }

    private String backoff(LedgerRow row, Instant next) {
        var what = OccupiedPlaces.waitsForRestart(row)
                ? "start %d at %s".formatted(row.attempts() + 1, run.plan().format(next))
                : "next attempt at " + run.plan().format(next);
        return row.reason() == null ? what : what + ": " + row.reason();
    }

    /** Obstacle of a row without trouble, by its stage. */
    private Obstacle work(LedgerRow row) {
        return switch (row.stage()) {
            case PLANNED, TASK_READY -> preparation(row);
            case STARTED, REPLICATING -> copy(row);
            case SYNCING ->
                LaunchDecider.of(row, run, now).orElseGet(() -> Obstacle.of(Kind.NEXT, "launched at the next poll"));
            case LAUNCHING, CLOSED ->
                Obstacle.of(Kind.LAUNCH, "SMS launches the target")
                        .since(row.milestones().launchedAt());
        };
    }

    private Obstacle preparation(LedgerRow row) {
        if (run.plan().migrates() && OccupiedPlaces.runsUnstarted(row)) {
            return Obstacle.of(
                    Kind.TASK,
                    "its migration task already runs (%s)"
                            .formatted(row.observed().taskState()));
        }
        return LaunchDecider.pause(run)
                .orElseGet(() -> run.plan().migrates()
                        ? Obstacle.of(Kind.TASK, "its migration task is being prepared")
                        : Obstacle.of(Kind.NEXT, "sent at the next poll, when a place is free"));
    }

    private Obstacle copy(LedgerRow row) {
        if (!run.plan().migrates()) {
            return Obstacle.of(Kind.SERVICE, "the service executes it")
                    .since(row.milestones().startedAt());
        }
        var percent = row.observed().percent();
        return Obstacle.of(Kind.COPY, percent == null ? row.stage().name() : row.stage() + " " + percent + " %")
                .since(row.milestones().startedAt());
    }
}
