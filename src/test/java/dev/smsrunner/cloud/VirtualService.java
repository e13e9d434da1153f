package dev.smsrunner.cloud;

import static dev.smsrunner.cloud.CallLog.SECOND;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Rate-limited service and its callers in virtual time: minutes take milliseconds. */
final class VirtualService {

    enum Limiter {
        SLIDING_WINDOW,
        SLIDING_WINDOW_COUNTING_REFUSED,
        FIXED_WINDOW,
        TOKEN_BUCKET,
        TOKEN_BUCKET_SMALL
    }

    record Tally(int accepted, int refused, double seconds) {
        double perSecond() {
            return accepted / seconds;
        }

        double refusedShare() {
            return refused / (double) Math.max(1, accepted + refused);
        }
    }

    private record Event(long at, int kind, long call, boolean refused) {}

    private static final int ARRIVES = 0;
    private static final int ANSWERED = 1;

    private final Limiter limiter;
    private final RateEstimator estimator;
    private final RandomGenerator random;
    private final long latency;
    private final Deque<Long> window = new ArrayDeque<>();
    private double limit;
    private double tokens;
    private long tokensAt;

    @Nullable
    RateLimitWindow announced;

    long retryAfter;
    int accepted;
    int refused;

    VirtualService(Limiter limiter, double limit, RateEstimator estimator, long latencyMillis, long seed) {
        this.limiter = limiter;
        this.limit = limit;
        this.estimator = estimator;
        this.latency = latencyMillis * 1_000_000;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.tokens = capacity();
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>((a, b) -> Long.compare(a.at, b.at));
    private long now;
    private int free;

    void callers(int count) {
        free = count;
    }

    void limit(double perSecond) {
        limit = perSecond;
    }

    /** Runs until the given second with constant demand and returns the counts of this interval. */
    Tally runUntil(double second) {
        return run(second, Integer.MAX_VALUE);
    }

    /** Runs until the given total of accepted calls. */
    Tally runUntilAccepted(int calls) {
        return run(1e9, calls);
    }

    private Tally run(double second, int calls) {
        int acceptedBefore = accepted;
        int refusedBefore = refused;
        long from = now;
        long end = (long) (second * SECOND);
        while (now < end && accepted < calls) {
            long slot = free > 0 ? Math.max(now, estimator.nextAt(now)) : Long.MAX_VALUE;
            Event next = events.peek();
            if (next != null && next.at <= slot) {
                events.poll();
                now = next.at;
                handle(next);
            } else {
                // timers of a real machine are a little late
                now = slot + (slot > now ? (long) (random.nextDouble() * 400_000) : 0);
                free--;
                events.add(new Event(now + travel(), ARRIVES, estimator.issue(now), false));
            }
        }
        return new Tally(accepted - acceptedBefore, refused - refusedBefore, (now - from) / (double) SECOND);
    }

    private long travel() {
        return (long) (latency * (0.4 + 0.2 * random.nextDouble()));
    }

    private void handle(Event event) {
        if (event.kind == ARRIVES) {
            boolean over = !admits(event.at);
            events.add(new Event(event.at + travel(), ANSWERED, event.call, over));
        } else {
            free++;
            accepted += event.refused ? 0 : 1;
            refused += event.refused ? 1 : 0;
            estimator.recordAnswer(
                    event.call,
                    event.at,
                    event.refused,
                    event.refused ? retryAfter : 0,
                    event.refused ? announced : null);
        }
    }

    private boolean admits(long at) {
        return switch (limiter) {
            case SLIDING_WINDOW -> slides(at, false);
            case SLIDING_WINDOW_COUNTING_REFUSED -> slides(at, true);
            case FIXED_WINDOW -> fixed(at);
            case TOKEN_BUCKET, TOKEN_BUCKET_SMALL -> token(at);
        };
    }

    private double capacity() {
        return limiter == Limiter.TOKEN_BUCKET_SMALL ? Math.max(2, limit / 5) : limit;
    }

    private long windowTime() {
        return announced == null ? SECOND : announced.time().toNanos();
    }

    private double windowCalls() {
        return announced == null ? limit : announced.calls();
    }

    private boolean slides(long at, boolean countRefused) {
        while (!window.isEmpty() && at - window.getFirst() >= windowTime()) {
            window.removeFirst();
        }
        boolean admitted = window.size() < windowCalls();
        if (admitted || countRefused) {
            window.addLast(at);
        }
        return admitted;
    }

    private boolean fixed(long at) {
        while (!window.isEmpty() && window.getFirst() / SECOND < at / SECOND) {
            window.removeFirst();
        }
        boolean admitted = window.size() < limit;
        if (admitted) {
            window.addLast(at);
        }
        return admitted;
    }

    private boolean token(long at) {
        tokens = Math.min(capacity(), tokens + (at - tokensAt) * limit / SECOND);
        tokensAt = at;
        boolean admitted = tokens >= 1;
        tokens -= admitted ? 1 : 0;
        return admitted;
    }
}
