package dev.smsrunner.drive;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Halt;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.Verdict;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Owner;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.task.TaskStage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the open rows of a run to their end: tick after tick, until none is open or the run is halted. */
public final class Drive {

    private static final Logger log = LoggerFactory.getLogger(Drive.class);
    private static final Duration SLICE = Duration.ofMillis(100);
    private static final Duration PAUSE_WHILE_AWAY = Duration.ofSeconds(5);

    /** A look is never allowed more than this share of the calls per second. */
    private static final double SHARE_OF_LOOKS = 0.5;

    /**
     * What the drive works with.
     *
     * @param concurrent how many servers may be under way at once
     * @param every time between two looks
     * @param awayLimit how long a service that does not answer is waited for
     */
    public record Parts(
            SmsApi sms,
            Ledger ledger,
            Owner owner,
            Actor actor,
            TaskStage tasks,
            Policy policy,
            int concurrent,
            Duration every,
            Duration awayLimit,
            Backoff backoff,
            DoubleSupplier callsPerSecond,
            Halt halt,
            Clock clock,
            Nap nap) {}

    /** A short wait that can be told from real time in tests. */
    @FunctionalInterface
    public interface Nap {
        /** Waits that long. */
        void forAbout(Duration time) throws InterruptedException;
    }

    private final Parts parts;
    private final Board board;
    private final Tick tick;
    private @Nullable Instant awaySince;

    /** Takes the rows of the run from the ledger. */
    public Drive(Parts parts) {
        this.parts = parts;
        this.board = new Board(parts.ledger().all(parts.owner().runId()));
        this.tick = new Tick(parts, board);
    }

    /**
     * Drives until every row is closed or the run is halted.
     *
     * @throws ApiException when the service refuses our credentials, or was away for too long
     */
    public void run() throws InterruptedException {
        boolean looked = false;
        while (!board.open().isEmpty() && !parts.halt().wanted()) {
            looked = looked || lookForSurplus();
            boolean more = looked && round();
            if (!more && !board.open().isEmpty()) {
                nap(pause());
            }
        }
    }

    /** Before anything is started; false while the service does not answer. */
    private boolean lookForSurplus() {
        try {
            parts.ledger().write(parts.owner(), Surplus.find(parts.sms(), board));
            return true;
        } catch (ApiException failure) {
            away(failure);
            return false;
        }
    }

    private boolean round() {
        try {
            boolean more = tick.go();
            awaySince = null;
            return more;
        } catch (ApiException failure) {
            away(failure);
            return false;
        }
    }

    private void away(ApiException failure) {
        if (failure.verdict() == Verdict.DENIED) {
            throw failure;
        }
        var now = parts.clock().instant();
        awaySince = awaySince == null ? now : awaySince;
        if (Duration.between(awaySince, now).compareTo(parts.awayLimit()) >= 0) {
            throw failure;
        }
        log.warn("The service cannot be looked at since {}, trying on: {}", awaySince, failure.getMessage());
    }

    private Duration pause() {
        if (awaySince != null && parts.every().compareTo(PAUSE_WHILE_AWAY) < 0) {
            return PAUSE_WHILE_AWAY;
        }
        double calls = Math.ceil(board.all().size() / (double) SmsApi.PAGE);
        var polite = Duration.ofMillis((long) (1000
                * calls
                / (SHARE_OF_LOOKS * Math.max(0.01, parts.callsPerSecond().getAsDouble()))));
        return polite.compareTo(parts.every()) > 0 ? polite : parts.every();
    }

    /** Waits in slices, so that a halt is seen at once. */
    private void nap(Duration time) throws InterruptedException {
        for (var left = time;
                !left.isNegative() && !left.isZero() && !parts.halt().wanted();
                left = left.minus(SLICE)) {
            parts.nap().forAbout(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }
}
