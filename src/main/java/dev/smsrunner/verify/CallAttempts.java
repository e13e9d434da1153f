package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;

/** How often each operation of each row was tried since the row was last reopened; what was never sent does not count. */
final class CallAttempts {

    private final Map<Integer, Map<String, Integer>> counts = new HashMap<>();

    /** Takes over what the event tells of a call, if it does. */
    void call(RecordedEvent event) {
        if (event.row() == null) {
            return;
        }
        switch (event.intent().path("state").asString("")) {
            case "OPEN" -> add(event, 1);
            case "NOT_SENT" -> add(event, -1);
            default -> {
                // it was sent and stays counted
            }
        }
    }

    private void add(RecordedEvent event, int count) {
        counts.computeIfAbsent(event.row(), row -> new HashMap<>()).merge(operation(event), count, Integer::sum);
    }

    /** The count of the operation that the event is about, with the one that it begins. */
    int of(RecordedEvent event) {
        return counts.getOrDefault(event.row(), Map.of()).getOrDefault(operation(event), 0);
    }

    void reopened(int row) {
        counts.remove(row);
    }

    private static String operation(RecordedEvent event) {
        return event.intent().path("operation").asString("");
    }
}
