package dev.smsrunner.cloud;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** The calls of the last seconds with what became of them: what a limit is measured from. All times in nanoseconds. */
final class CallLog {

    static final long SECOND = 1_000_000_000L;

    private enum Fate {
        PENDING,
        ACCEPTED,
        REFUSED
    }

    private static final class Call {
        private final long at;
        private final long idle;
        private Fate fate = Fate.PENDING;

        Call(long at, long idle) {
            this.at = at;
            this.idle = idle;
        }
    }

    private static final int MOST = 20_000;

    private static final int RING = 4096;

    private final long[] ring = new long[RING];
    private long issued;
    private final Deque<Call> calls = new ArrayDeque<>();
    private final Map<Long, Call> byTime = new HashMap<>();
    private long horizon = 12 * SECOND;

    /** Remembers at least this much. */
    void remember(long nanos) {
        horizon = Math.max(horizon, nanos);
    }

    /** @param idle how long a slot stood free before somebody wanted it */
    void issued(long at, long idle) {
        ring[(int) (issued++ % RING)] = at;
        Call call = new Call(at, idle);
        calls.addLast(call);
        byTime.put(at, call);
        while (at - calls.getFirst().at > horizon || calls.size() > MOST) {
            byTime.remove(calls.removeFirst().at);
        }
    }

    void answered(long at, boolean refused) {
        Call call = byTime.get(at);
        if (call != null) {
            call.fate = refused ? Fate.REFUSED : Fate.ACCEPTED;
        }
    }

    /** Calls issued after {@code from} and not after {@code to} that were not refused; one without an answer counts as not refused. */
    int accepted(long from, long to) {
        return count(from, to) - refused(from, to);
    }

    /** As {@link #accepted}, but of the calls without an answer only the share that the answered ones had. */
    double likelyAccepted(long from, long to) {
        double refused = refused(from, to);
        double pending = fate(Fate.PENDING, from, to);
        double accepted = fate(Fate.ACCEPTED, from, to);
        return refused == 0 ? accepted + pending : accepted + pending * accepted / (accepted + refused);
    }

    int refused(long from, long to) {
        return fate(Fate.REFUSED, from, to);
    }

    private int fate(Fate fate, long from, long to) {
        return (int) calls.stream()
                .filter(call -> within(call, from, to) && call.fate == fate)
                .count();
    }

    int count(long from, long to) {
        return (int) calls.stream().filter(call -> within(call, from, to)).count();
    }

    /** The callers wanted nearly every slot of this time. */
    boolean used(long from, long to) {
        long idle = calls.stream()
                .filter(call -> within(call, from, to))
                .mapToLong(call -> Math.min(call.idle, to - from))
                .sum();
        return idle < (to - from) / 4;
    }

    /** When the n-th last call went out, 1 being the last; {@code otherwise} when there were fewer. */
    long issuedBack(int n, long otherwise) {
        return n > issued || n > RING ? otherwise : ring[(int) ((issued - n) % RING)];
    }

    /** When the n-th last accepted call went out, 0 being the last; {@code otherwise} when there were fewer. */
    long acceptedBack(int n, long otherwise) {
        int left = n;
        for (Iterator<Call> newest = calls.descendingIterator(); newest.hasNext(); ) {
            Call call = newest.next();
            if (call.fate != Fate.REFUSED && left-- == 0) {
                return call.at;
            }
        }
        return otherwise;
    }

    private static boolean within(Call call, long from, long to) {
        return call.at - from > 0 && call.at - to <= 0;
    }
}
