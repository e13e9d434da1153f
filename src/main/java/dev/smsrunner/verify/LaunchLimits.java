package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Number of targets being launched and time of the last launch, from the events. */
final class LaunchLimits {

    private static final Set<String> UNDECIDED = Set.of("OPEN", "UNKNOWN");
    private static final Set<String> EXECUTED = Set.of("DONE", "SEEN");

    private final Set<Integer> launching = new HashSet<>();
    private final Map<String, Instant> sent = new HashMap<>();

    /** The limit that this launch exceeds, as text; empty for none. */
    Optional<String> violation(RecordedEvent launch, RecordedSettings settings) {
        int others = launching.size() - (launching.contains(launch.row()) ? 1 : 0);
        double max = settings.number("cutover.launches", Double.MAX_VALUE);
        if (others + 1 > max) {
            return Optional.of("%d concurrent launches, the limit is %.0f".formatted(others + 1, max));
        }
        var pace = settings.duration("cutover.pace");
        var at = Instant.parse(launch.intent().path("intended_at").asString());
        return sent.values().stream()
                .map(before -> Duration.between(before, at))
                .min(Duration::compareTo)
                .filter(time -> time.compareTo(pace) < 0)
                .map(time -> "launched %.3f s after another launch, cutover.pace is %s"
                        .formatted(time.toMillis() / 1000.0, settings.text("cutover.pace")));
    }

    /** Applies the change of the event. */
    void update(RecordedEvent event, ReplayedTables before) {
        if (event.row() == null || event.change().isMissingNode()) {
            return;
        }
        var row = before.row(event.row());
        var stage = value(event, row, "stage");
        boolean undecided = value(event, row, "call_operation").equals("LAUNCH")
                && UNDECIDED.contains(value(event, row, "call_state"));
        boolean failed = FailedTask.matches(value(event, row, "task_state"));
        if (!failed && (stage.equals("LAUNCHING") || undecided && !stage.equals("CLOSED"))) {
            launching.add(event.row());
        } else {
            launching.remove(event.row());
        }
        if (event.callOperation().equals("LAUNCH")) {
            call(event);
        }
    }

    /** A launch that was refused, not sent or not executed does not count. */
    private void call(RecordedEvent event) {
        var state = event.callState();
        if (state.equals("OPEN")) {
            sent.put(
                    event.callKey(),
                    Instant.parse(event.intent().path("intended_at").asString()));
        } else if (!UNDECIDED.contains(state) && !EXECUTED.contains(state)) {
            sent.remove(event.callKey());
        }
    }

    private static String value(RecordedEvent event, Map<String, String> before, String column) {
        return event.change().has(column) ? event.change().path(column).asString("") : before.getOrDefault(column, "");
    }
}
