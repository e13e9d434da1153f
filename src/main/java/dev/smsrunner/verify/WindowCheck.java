package dev.smsrunner.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * I4 and I24 from the events: each launch was sent within a window of its row at that time, not before the time in the row, and
 * no window had more launches than its capacity.
 */
final class WindowCheck implements EventCheck {

    private final Findings findings;
    private final OrderedRows rows;
    private final WindowLaunches sent = new WindowLaunches();
    private final List<DoubtfulLaunch> doubtful = new ArrayList<>();
    private final TreeMap<Instant, RecordedSettings> timeline = new TreeMap<>();
    private String recordedText = "";
    private RecordedSettings settings = RecordedSettings.of(null);
    private int launches;
    private boolean hasWindow;
    private boolean hasCapacity;

    /** A launch that breaks an invariant, unless it was not sent. */
    private record DoubtfulLaunch(RecordedEvent event, String invariant, String what) {}

    WindowCheck(OrderedRows rows, Findings findings) {
        this.rows = rows;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var text = event.change().path("run").path("settings").asString(recordedText);
        if (!text.equals(recordedText)) {
            recordedText = text;
            settings = RecordedSettings.of(text);
            timeline.put(event.at(), settings);
            hasWindow = hasWindow || settings.hasWindow();
            hasCapacity =
                    hasCapacity || settings.windows().stream().anyMatch(window -> window.capacity() < Long.MAX_VALUE);
        }
        sent.update(event);
        if (event.row() != null
                && event.callOperation().equals("LAUNCH")
                && event.callState().equals("OPEN")) {
            launches++;
            check(event, rows.orderOf(event.row(), before));
        }
    }

    /** @param order order of the row; null when an earlier version did not record it */
    private void check(RecordedEvent launch, @Nullable PlannedOrder order) {
        var at = Instant.parse(launch.intent().path("intended_at").asString());
        var window = windowOf(order, at);
        if (settings.hasWindow() && window.filter(found -> found.mayLaunch(at)).isEmpty()) {
            doubtful.add(new DoubtfulLaunch(launch, "I4", "a launch was sent outside the cutover window"));
        }
        if (order != null && !order.notBefore().isEmpty() && at.isBefore(Instant.parse(order.notBefore()))) {
            doubtful.add(new DoubtfulLaunch(
                    launch, "I4", "a launch was sent before the cutover_at of the row, " + order.notBefore()));
        }
        window.ifPresent(found -> {
            int count = sent.add(launch, found.name());
            if (count > found.capacity()) {
                doubtful.add(new DoubtfulLaunch(
                        launch,
                        "I24",
                        "window %s had %d launches, its capacity is %d"
                                .formatted(found.name(), count, found.capacity())));
            }
        });
    }

    private Optional<RecordedWindow> windowOf(@Nullable PlannedOrder order, Instant at) {
        var windows = order == null ? settings.windows() : settings.windowsOf(order.wave(), order.window());
        return windows.stream().filter(window -> window.contains(at)).findFirst();
    }

    /** The settings of the run at an instant. */
    RecordedSettings settingsAt(Instant instant) {
        var found = timeline.floorEntry(instant);
        return found == null ? settings : found.getValue();
    }

    /** Reports the launches, except those that were not sent. */
    @Override
    public void end(ReplayedTables replayed) {
        doubtful.stream()
                .filter(one -> !"NOT_SENT"
                        .equals(replayed.intents()
                                .getOrDefault(one.event().callKey(), Map.of())
                                .get("state")))
                .forEach(one -> findings.violation(
                        one.invariant(),
                        one.event().row(),
                        one.what(),
                        "event " + one.event().number() + " of " + one.event().at(),
                        "Inform the owner of the server and check the target."));
        findings.checked(
                "I4",
                hasWindow
                        ? Findings.count(launches, "launch") + ": each intended within its cutover window"
                        : "no cutover window configured");
        findings.checked(
                "I24",
                hasCapacity
                        ? Findings.count(launches, "launch") + ": within the capacity of each window"
                        : "no window has a capacity");
    }

    /** Launches that take a place of a window, by row: each was sent; its task did not fail and was not retried since. */
    private static final class WindowLaunches {

        private static final List<String> TAKES_PLACE = List.of("OPEN", "UNKNOWN", "DONE", "SEEN");

        private final Map<Integer, String> windowByRow = new HashMap<>();

        /** Adds a launch; returns the number of launches in the window with it. */
        int add(RecordedEvent launch, String window) {
            windowByRow.put(launch.row(), window);
            return (int) windowByRow.values().stream().filter(window::equals).count();
        }

        void update(RecordedEvent event) {
            boolean ended = event.callOperation().equals("LAUNCH") && !TAKES_PLACE.contains(event.callState());
            boolean failed =
                    FailedTask.matches(event.change().path("task_state").asString(""));
            boolean reopened = event.kind().equals("STAGE")
                    && event.before().equals("CLOSED")
                    && event.after().equals("PLANNED");
            if (event.row() != null && (ended || failed || reopened)) {
                windowByRow.remove(event.row());
            }
        }
    }
}
