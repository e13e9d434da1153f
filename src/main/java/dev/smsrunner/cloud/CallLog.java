package dev.smsrunner.cloud;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** Log of recent calls and their results: the data behind the measured limit. All times in nanoseconds. */
final class CallLog {

    static final long SECOND = 1_000_000_000L;

    private enum Result {
        PENDING,
        ACCEPTED,
        REFUSED
    }

    private static final class Call {
        private final long at;
        private final long idle;
        private Result result = Result.PENDING;

        Call(long at, long idle) {
            this.at = at;
            this.idle = idle;
        }
    }

    private static final int MAX_CALLS = 20_000;

    private static final int RING = 4096;

    private final long[] ring = new long[RING];
    private long total;
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<Long, Call> byTime = new HashMap<>();
    private long horizon = 12 * SECOND;

    /** Extends the retention to at least this duration. */
    void remember(long nanos) {
        horizon = Math.max(horizon, nanos);
    }

    /** @param idle time for which the slot was free before the call */
    void record(long at, long idle) {
        ring[(int) (total++ % RING)] = at;
        Call call = new Call(at, idle);
        calls.addLast(call);
        byTime.put(at, call);
        while (at - calls.getFirst().at > horizon || calls.size() > MAX_CALLS) {
            byTime.remove(calls.removeFirst().at);
        }
    }

    void recordAnswer(long at, boolean refused) {
        Call call = byTime.get(at);
        if (call != null) {
            call.result = refused ? Result.REFUSED : Result.ACCEPTED;
        }
    }

    /** Number of calls that were not refused, issued after {@code from} and not after {@code to}. Pending calls count as not refused. */
    int countAccepted(long from, long to) {
        return count(from, to) - countRefused(from, to);
    }

    /** Like {@link #countAccepted}, but pending calls count with the acceptance ratio of the answered calls. */
    double estimateAccepted(long from, long to) {
        double refused = countRefused(from, to);
        double pending = result(Result.PENDING, from, to);
        double accepted = result(Result.ACCEPTED, from, to);
        return refused == 0 ? accepted + pending : accepted + pending * accepted / (accepted + refused);
    }

    int countRefused(long from, long to) {
        return result(Result.REFUSED, from, to);
    }

    private int result(Result result, long from, long to) {
        return (int) calls.stream()
                .filter(call -> within(call, from, to) && call.result == result)
                .count();
    }

    int count(long from, long to) {
        return (int) calls.stream().filter(call -> within(call, from, to)).count();
    }

    /** Whether callers used nearly every slot of this interval. */
    boolean isUsed(long from, long to) {
        long idle = calls.stream()
                .filter(call -> within(call, from, to))
                .mapToLong(call -> Math.min(call.idle, to - from))
                .sum();
        return idle < (to - from) / 4;
    }

    /** Time of the n-th last call, 1 being the last; {@code otherwise} when there were fewer. */
    long issueTime(int n, long otherwise) {
        return n > total || n > RING ? otherwise : ring[(int) ((total - n) % RING)];
    }

    /** Time of the n-th last accepted call, 0 being the last; {@code otherwise} when there were fewer. */
    long acceptedTime(int n, long otherwise) {
        int left = n;
        for (Iterator<Call> newest = calls.descendingIterator(); newest.hasNext(); ) {
            Call call = newest.next();
            if (call.result != Result.REFUSED && left-- == 0) {
                return call.at;
            }
        }
        return otherwise;
    }

    private static boolean within(Call call, long from, long to) {
        return call.at - from > 0 && call.at - to <= 0;
    }
}
