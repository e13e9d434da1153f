package dev.smsrunner.support;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Number of exchanges with the service by operation and result. Thread-safe. */
public final class CallCounts {

    private static final int TOO_MANY_REQUESTS = 429;

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Operation and result of an exchange.
     *
     * @param result {@code ok}, {@code refused}, {@code throttled}, {@code failed} or {@code no_answer}
     */
    public record Key(String operation, String result) {}

    /** @param status HTTP status, 0 without a complete answer */
    public void record(String operation, int status, boolean throttled) {
        counts.computeIfAbsent(new Key(operation, result(status, throttled)), key -> new LongAdder())
                .increment();
    }

    private static String result(int status, boolean throttled) {
        if (throttled || status == TOO_MANY_REQUESTS) {
            return "throttled";
        }
        return switch (status / 100) {
            case 0 -> "no_answer";
            case 1, 2, 3 -> "ok";
            case 4 -> "refused";
            default -> "failed";
        };
    }

    /** The counts so far. */
    public Map<Key, Long> snapshot() {
        var snapshot = new TreeMap<Key, Long>(
                java.util.Comparator.comparing(Key::operation).thenComparing(Key::result));
        counts.forEach((key, count) -> snapshot.put(key, count.sum()));
        return snapshot;
    }
}
