package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallsEndedException;
import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.task.TaskProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Drives the open rows of a run to their end: tick after tick, until none is open or the run is halted. */
public final class ReconcileLoop {

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final int SLICES_OF_A_SECOND = 10;
    private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(5);

    /** A look is never allowed more than this share of the calls per second. */
    private static final double SHARE_OF_LOOKS = 0.5;

    /**
     * What the drive of the main job works with.
     *
     * @param defaults of the job file, for empty cells
     * @param plan the order of starts and launches
     * @param every time between two looks
     * @param awayLimit how long a service that does not answer is waited for
     */
    public record Parts(
            SmsApi sms,
            Ledger ledger,
            FencedRun owner,
            IntentExecutor actor,
            TaskProvisioner tasks,
            DecisionPolicy policy,
            Map<String, String> defaults,
            CutoverPlan plan,
            Duration every,
            Duration awayLimit,
            Backoff backoff,
            DoubleSupplier callsPerSecond,
            StopSignal halt,
            Clock clock,
            Nap nap) {

        private Pulse pulse() {
            return new Pulse(ledger, owner, actor, every, awayLimit, backoff, callsPerSecond, halt, clock, nap);
        }
    }

    /**
     * What every drive works with, whatever its course.
     *
     * @param every time between two looks
     * @param awayLimit how long a service that does not answer is waited for
     */
    public record Pulse(
            Ledger ledger,
            FencedRun owner,
            IntentExecutor actor,
            Duration every,
            Duration awayLimit,
            Backoff backoff,
            DoubleSupplier callsPerSecond,
            StopSignal halt,
            Clock clock,
            Nap nap) {}

    /** A short wait that can be told from real time in tests. */
    @FunctionalInterface
    public interface Nap {
        /** Waits that long. */
        void forAbout(Duration time) throws InterruptedException;
    }

    private final Pulse pulse;
    private final RowCache board;
    private final JobReconciler<?> course;
    private final ReconcilePass<?> tick;
    private final ControlHandler desk;
    private final ServiceOutage outage;

    /** The drive of the main job; takes the rows of the run from the ledger. */
    public ReconcileLoop(Parts parts) {
        this(parts.pulse(), new MigrateReconciler(parts));
    }

    /** A drive on the given course; takes the rows of the run from the ledger. */
    public ReconcileLoop(Pulse pulse, JobReconciler<?> course) {
        this.pulse = pulse;
        var steering = pulse.ledger().steering(pulse.owner().runId());
        this.board = new RowCache(fresh(pulse), steering);
        this.outage = new ServiceOutage(pulse, steering.serviceAwaySince());
        this.course = course;
        course.attach(board);
        this.tick = new ReconcilePass<>(pulse, course, board);
        this.desk = new ControlHandler(pulse, course, board);
    }

    /**
     * Drives until every row is closed or the run is halted.
     *
     * @throws ApiException when the service refuses our credentials
     * @throws ServiceAwayException when it was away for too long
     */
    public void run() throws InterruptedException {
        boolean begun = false;
        for (desk.serve(); !board.open().isEmpty() && !pulse.halt().wanted(); desk.serve()) {
            begun = begun || begin();
            boolean more = begun && round();
            if (!more && !board.open().isEmpty()) {
                nap(pause());
            }
        }
    }

    /** What happened while no process looked is not known: nobody stood still meanwhile. */
    private static List<LedgerRow> fresh(Pulse pulse) {
        var now = pulse.clock().instant();
        return pulse.ledger().all(pulse.owner().runId()).stream()
                .map(row -> row.open() && row.seen().changedAt() != null
                        ? row.withSeen(row.seen().since(now))
                        : row)
                .toList();
    }

    private boolean begin() {
        try {
            tick.begin();
            return true;
        } catch (ApiException ex) {
            outage.failed(ex);
            return false;
        } catch (CallsEndedException ex) {
            return false;
        }
    }

    private boolean round() {
        try {
            boolean more = tick.go();
            outage.ends();
            return more;
        } catch (ApiException ex) {
            outage.failed(ex);
            return false;
        } catch (CallsEndedException ex) {
            return false;
        }
    }

    private Duration pause() {
        if (outage.goesOn() && pulse.every().compareTo(PAUSE_WHILE_AWAY) < 0) {
            return PAUSE_WHILE_AWAY;
        }
        double calls = Math.ceil(board.all().size() / (double) SmsApi.PAGE);
        var polite = Duration.ofMillis((long) (1000
                * calls
                / (SHARE_OF_LOOKS * Math.max(0.01, pulse.callsPerSecond().getAsDouble()))));
        var until = untilDue();
        return polite.compareTo(until) > 0 ? polite : until;
    }

    /** The time between two looks, or less when a row may be started or launched before. */
    private Duration untilDue() {
        var now = pulse.clock().instant();
        return course.nextDue(now)
                .map(due -> Duration.between(now, due))
                .map(time -> time.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : time)
                .filter(time -> !time.isNegative() && time.compareTo(pulse.every()) < 0)
                .orElse(pulse.every());
    }

    /** Waits in slices, so that a halt is seen at once, and what people ask for within a second. */
    private void nap(Duration time) throws InterruptedException {
        var left = time;
        for (int slice = 1;
                !left.isNegative() && !left.isZero() && !pulse.halt().wanted();
                slice++) {
            pulse.nap().forAbout(left.compareTo(SLICE) < 0 ? left : SLICE);
            left = left.minus(SLICE);
            if (slice % SLICES_OF_A_SECOND == 0 && desk.serve()) {
                return;
            }
        }
    }
}
