package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.reconcile.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Copy rates, measured between observations. In memory only, a few dozen values per server: a process that takes over the
 * run starts to measure again.
 */
final class CopyRates {

    /** A copy below this share of its median rate is slow. */
    private static final double SLOW_SHARE = 0.2;

    /** A slow copy has recovered from this share on; the gap to {@link #SLOW_SHARE} prevents flapping. */
    private static final double RECOVERED_SHARE = 0.4;

    /** Number of latest intervals that are compared with the earlier ones. */
    private static final int RECENT_INTERVALS = 5;

    /** Minimum number of earlier intervals for a median. */
    private static final int MIN_EARLIER_INTERVALS = 10;

    private static final int MAX_EARLIER_INTERVALS = 60;

    /** The recent intervals together cover a sixth of the stall time. */
    private static final int STEPS_PER_STALL = 30;

    private static final Duration MIN_STEP = Duration.ofSeconds(10);
    private static final double MILLIS = 1000.0;

    private final Duration step;
    private final Map<Integer, History> histories = new HashMap<>();

    /** @param stalledAfter time without any change after which a server counts as stalled */
    CopyRates(Duration stalledAfter) {
        var part = stalledAfter.dividedBy(STEPS_PER_STALL);
        this.step = part.compareTo(MIN_STEP) < 0 ? MIN_STEP : part;
    }

    /** Records an observation of the row and returns the progress of its copy. */
    CopyRate measure(int row, Observation observed) {
        if (observed.phase() != MigrationPhase.COPYING
                || observed.states().bytes().isEmpty()) {
            histories.remove(row);
            return CopyRate.NONE;
        }
        return histories
                .computeIfAbsent(row, number -> new History())
                .add(observed.states(), observed.states().bytes().get(), observed.observedAt());
    }

    private record Interval(Instant from, long bytes, long millis) {
        double rate() {
            return bytes * MILLIS / millis;
        }
    }

    /** Observations of one copy. */
    private final class History {

        private final Deque<Interval> recent = new ArrayDeque<>();
        private final Deque<Double> before = new ArrayDeque<>();
        private @Nullable String progress;
        private @Nullable Instant still;
        private @Nullable Instant full;
        private @Nullable Instant from;
        private long copied;
        private CopyRate.@Nullable SlowCopy slow;

        CopyRate add(ObservedState observed, ObservedState.Bytes bytes, Instant at) {
            if (!Objects.equals(progress, observed.progress())) {
                progress = observed.progress();
                still = at;
            }
            boolean complete = bytes.copied() >= bytes.total();
            if (!complete) {
                full = null;
            } else if (full == null) {
                full = at;
            }
            boolean measurable = bytes.copied() > 0 && !complete && !Boolean.FALSE.equals(observed.connected());
            if (measurable) {
                measure(bytes.copied(), at);
            } else {
                interrupt();
            }
            return new CopyRate(bytes, still, full, slow);
        }

        /** Starts a new measurement; earlier intervals stay for the comparison. */
        private void interrupt() {
            from = null;
            recent.clear();
            slow = null;
        }

        private void measure(long bytes, Instant at) {
            if (from == null || bytes < copied) { // the copy restarted: the difference is meaningless
                interrupt();
                from = at;
                copied = bytes;
                return;
            }
            var time = Duration.between(from, at);
            if (time.compareTo(step) < 0) {
                return;
            }
            recent.addLast(new Interval(from, bytes - copied, time.toMillis()));
            from = at;
            copied = bytes;
            if (recent.size() > RECENT_INTERVALS) {
                age(recent.removeFirst());
            }
            judge();
        }

        /** Intervals of a slow copy do not change its median. */
        private void age(Interval old) {
            if (slow == null) {
                before.addLast(old.rate());
            }
            if (before.size() > MAX_EARLIER_INTERVALS) {
                before.removeFirst();
            }
        }

        private void judge() {
            if (recent.size() < RECENT_INTERVALS || before.size() < MIN_EARLIER_INTERVALS) {
                return;
            }
            double median = median();
            double rate = recent.stream().mapToLong(Interval::bytes).sum()
                    * MILLIS
                    / recent.stream().mapToLong(Interval::millis).sum();
            if (slow == null && rate < SLOW_SHARE * median) {
                slow = new CopyRate.SlowCopy(recent.getFirst().from(), rate, median);
            } else if (slow != null && rate >= RECOVERED_SHARE * median) {
                slow = null;
            }
        }

        private double median() {
            var sorted =
                    before.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }
}
