package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;

/** Number of attempts per row and operation since the row was last reopened, without calls that were not sent. */
final class CallAttempts {

    private final Map<Integer, Map<String, Integer>> counts = new HashMap<>();

    /** Applies the call state in the event, if any. */
    void update(RecordedEvent event) {
        if (event.row() == null) {
            return;
        }
        switch (event.callState()) {
            case "OPEN" -> add(event, 1);
            case "NOT_SENT" -> add(event, -1);
            default -> {
                // the call was sent and stays counted
            }
        }
    }

    private void add(RecordedEvent event, int count) {
        counts.computeIfAbsent(event.row(), row -> new HashMap<>()).merge(event.callOperation(), count, Integer::sum);
    }

    /** The number of attempts of the operation in the event, including the attempt that it starts. */
    int count(RecordedEvent event) {
        return counts.getOrDefault(event.row(), Map.of()).getOrDefault(event.callOperation(), 0);
    }

    void reset(int row) {
        counts.remove(row);
    }
}
