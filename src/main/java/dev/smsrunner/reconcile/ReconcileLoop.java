package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallsEndedException;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.SmsApi;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Runs reconcile passes until every row of the run has ended or the run stops. */
public final class ReconcileLoop {

    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final int SLICES_PER_SECOND = 10;
    private static final Duration MIN_PAUSE_IN_OUTAGE = Duration.ofSeconds(5);

    /** Maximum share of the call rate for observations. */
    private static final double OBSERVATION_SHARE = 0.5;

    /** Number of creates for each call of an observation between them, so that observing delays them by a tenth at most. */
    private static final int CREATES_PER_OBSERVATION_CALL = 10;

    private final ReconcileContext context;
    private final RowCache rowCache;
    private final JobReconciler<?> reconciler;
    private final ReconcilePass<?> pass;
    private final ControlHandler controlHandler;
    private final ServiceOutage outage;
    private int rowsWithNewTask;

    /** Loop with a reconciler; reads the rows of the run from the ledger. */
    public ReconcileLoop(ReconcileContext context, JobReconciler<?> reconciler) {
        this.context = context;
        var controls = context.ledger().activeControls(context.owner().runId());
        this.rowCache = new RowCache(loadRows(context), controls);
        this.outage = new ServiceOutage(context, controls.serviceAwaySince());
        this.reconciler = reconciler;
        reconciler.attach(rowCache);
        this.pass = new ReconcilePass<>(context, reconciler, rowCache);
        this.controlHandler = new ControlHandler(context, reconciler, rowCache);
    }

    /**
     * Runs until every row has ended or the run stops.
     *
     * @throws ApiException when the service refuses the credentials
     * @throws ServiceAwayException when the service was unreachable for too long
     */
    public void run() throws InterruptedException {
        boolean prepared = false;
        for (controlHandler.handlePending();
                !rowCache.openRows().isEmpty() && !context.stopSignal().isRequested();
                controlHandler.handlePending()) {
            prepared = prepared || prepare();
            boolean more = prepared && runPass(() -> pass.run(action -> true));
            if (!more && !rowCache.openRows().isEmpty()) {
                sleep(pause());
            }
        }
    }

    /**
     * Current state of the rows that are still planned. A pass since their reading may have ended some, such as rows that an
     * operator skips.
     */
    public List<LedgerRow> stillPlanned(List<? extends LedgerRow> rows) {
        return rows.stream()
                .map(row -> rowCache.get(row.row()))
                .filter(row -> row.stage() == Stage.PLANNED)
                .toList();
    }

    /**
     * Starts and watches servers while the tasks of others are still created. Does nothing until enough calls have been made
     * since the last observation.
     *
     * @param prepared rows that the task stage has just changed, in their new state
     * @throws ApiException when the service refuses the credentials
     * @throws ServiceAwayException when the service was unreachable for too long
     */
    public void runBetweenCreates(List<LedgerRow> prepared) {
        prepared.forEach(rowCache::put);
        rowsWithNewTask += prepared.size();
        controlHandler.handlePending();
        if (rowsWithNewTask < CREATES_PER_OBSERVATION_CALL * pages()
                || context.stopSignal().isRequested()) {
            return;
        }
        rowsWithNewTask = 0;
        runPass(() -> pass.run(this::isAllowedBetweenCreates));
    }

    /**
     * Whether the action needs no check of the first pass. Starts are allowed where one create had a clear answer, since such a
     * source cannot have a second task.
     */
    private boolean isAllowedBetweenCreates(PendingAction action) {
        if (action.action() instanceof Decision.Start) {
            var call = rowCache.get(action.row()).call();
            return call != null
                    && call.operation() == Operation.CREATE
                    && call.state() == CallState.DONE
                    && call.attempt() == 1;
        }
        return action.action() instanceof Decision.Launch;
    }

    /** Rows of the run. The time without a process does not count as a stall. */
    private static List<LedgerRow> loadRows(ReconcileContext context) {
        var now = context.clock().instant();
        return context.ledger().findAll(context.owner().runId()).stream()
                .map(row -> row.isOpen() && row.observed().changedAt() != null
                        ? row.withObserved(row.observed().withChangedAt(now))
                        : row)
                .toList();
    }

    private boolean prepare() {
        try {
            pass.prepare();
            return true;
        } catch (ApiException ex) {
            outage.recordFailure(ex);
            return false;
        } catch (CallsEndedException ex) {
            return false;
        }
    }

    private boolean runPass(BooleanSupplier work) {
        try {
            boolean more = work.getAsBoolean();
            outage.end();
            return more;
        } catch (ApiException ex) {
            outage.recordFailure(ex);
            return false;
        } catch (CallsEndedException ex) {
            return false;
        }
    }

    private Duration pause() {
        if (outage.isOngoing() && context.every().compareTo(MIN_PAUSE_IN_OUTAGE) < 0) {
            return MIN_PAUSE_IN_OUTAGE;
        }
        var minimum = Duration.ofMillis((long) (1000
                * pages()
                / (OBSERVATION_SHARE * Math.max(0.01, context.callsPerSecond().getAsDouble()))));
        var untilNext = untilDue();
        return minimum.compareTo(untilNext) > 0 ? minimum : untilNext;
    }

    /** Number of calls of one observation, as far as the run's own servers determine it. */
    private double pages() {
        return Math.ceil(rowCache.allRows().size() / (double) SmsApi.PAGE);
    }

    /** Interval between two observations, or less when a row is due earlier. */
    private Duration untilDue() {
        var now = context.clock().instant();
        return reconciler
                .nextDue(now)
                .map(due -> Duration.between(now, due))
                .map(time -> time.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : time)
                .filter(time -> !time.isNegative() && time.compareTo(context.every()) < 0)
                .orElse(context.every());
    }

    /** Sleeps in slices: a stop is noticed at once, a control within a second. */
    private void sleep(Duration time) throws InterruptedException {
        var left = time;
        for (int slice = 1;
                !left.isNegative() && !left.isZero() && !context.stopSignal().isRequested();
                slice++) {
            context.sleeper().sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
            left = left.minus(SLICE);
            if (slice % SLICES_PER_SECOND == 0 && controlHandler.handlePending()) {
                return;
            }
        }
    }
}
