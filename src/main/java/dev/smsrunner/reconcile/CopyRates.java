package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.ObservedState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rates of the copies under way, measured from look to look. They are kept in memory only, some dozen figures a server: a
 * process that takes the run over measures anew.
 */
final class CopyRates {

    /** A copy is slow below this share of its median rate. */
    private static final double SLOW = 0.2;

    /** A slow copy is no longer slow from this share on, so that one at the limit does not change to and fro. */
    private static final double RECOVERED = 0.4;

    /** So many of the latest intervals are compared with those before. */
    private static final int RECENT = 5;

    /** With fewer intervals before, there is no median. */
    private static final int FEWEST = 10;

    private static final int MOST = 60;

    /** The recent intervals together take a sixth of the time after which a copy counts as stalled. */
    private static final int STEPS_OF_A_STALL = 30;

    private static final Duration SHORTEST_STEP = Duration.ofSeconds(10);
    private static final double MILLIS = 1000.0;

    private final Duration step;
    private final Map<Integer, History> histories = new HashMap<>();

    /** @param stalledAfter without any change for so long, a server is called stalled */
    CopyRates(Duration stalledAfter) {
        var part = stalledAfter.dividedBy(STEPS_OF_A_STALL);
        this.step = part.compareTo(SHORTEST_STEP) < 0 ? SHORTEST_STEP : part;
    }

    /** Takes down what a look showed of the row, and tells how its copy gets on. */
    CopyRate look(int row, Observation seen) {
        if (seen.situation() != MigrationPhase.COPYING || seen.seen().bytes().isEmpty()) {
            histories.remove(row);
            return CopyRate.NONE;
        }
        return histories
                .computeIfAbsent(row, number -> new History())
                .look(seen.seen(), seen.seen().bytes().get(), seen.lookedAt());
    }

    private record Interval(Instant from, long bytes, long millis) {
        double rate() {
            return bytes * MILLIS / millis;
        }
    }

    /** What the looks at one copy showed. */
    private final class History {

        private final Deque<Interval> recent = new ArrayDeque<>();
        private final Deque<Double> before = new ArrayDeque<>();
        private @Nullable String progress;
        private @Nullable Instant still;
        private @Nullable Instant full;
        private @Nullable Instant from;
        private long copied;
        private CopyRate.@Nullable Slow slow;

        CopyRate look(ObservedState seen, ObservedState.Bytes bytes, Instant at) {
            if (!Objects.equals(progress, seen.progress())) {
                progress = seen.progress();
                still = at;
            }
            boolean complete = bytes.copied() >= bytes.total();
            if (!complete) {
                full = null;
            } else if (full == null) {
                full = at;
            }
            boolean measurable = bytes.copied() > 0 && !complete && !Boolean.FALSE.equals(seen.connected());
            if (measurable) {
                measure(bytes.copied(), at);
            } else {
                interrupt();
            }
            return new CopyRate(bytes, still, full, slow);
        }

        /** What comes next is measured from then on, and compared with what was before. */
        private void interrupt() {
            from = null;
            recent.clear();
            slow = null;
        }

        private void measure(long bytes, Instant at) {
            if (from == null || bytes < copied) { // a copy that begins again tells nothing by the difference
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
            if (recent.size() > RECENT) {
                age(recent.removeFirst());
            }
            judge();
        }

        /** What was measured while the copy was slow does not change what is usual for it. */
        private void age(Interval old) {
            if (slow == null) {
                before.addLast(old.rate());
            }
            if (before.size() > MOST) {
                before.removeFirst();
            }
        }

        private void judge() {
            if (recent.size() < RECENT || before.size() < FEWEST) {
                return;
            }
            double median = median();
            double rate = recent.stream().mapToLong(Interval::bytes).sum()
                    * MILLIS
                    / recent.stream().mapToLong(Interval::millis).sum();
            if (slow == null && rate < SLOW * median) {
                slow = new CopyRate.Slow(recent.getFirst().from(), rate, median);
            } else if (slow != null && rate >= RECOVERED * median) {
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
