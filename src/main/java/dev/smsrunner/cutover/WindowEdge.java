package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Moment at which a cutover window changes its state.
 *
 * @param at time of the change
 */
public record WindowEdge(Window window, Kind kind, Instant at) {

    /** Kinds of edges, in the order of time; the names are those of the events. */
    public enum Kind {
        /** Launches are allowed after it. */
        WINDOW_OPEN,
        /** No further launch is sent. */
        LAST_CALL,
        /** The window is over. */
        WINDOW_CLOSED
    }

    /** All edges of the windows, in the order of time. */
    public static List<WindowEdge> of(CutoverWindows windows) {
        return windows.all().stream()
                .flatMap(window -> Stream.of(
                        new WindowEdge(window, Kind.WINDOW_OPEN, window.open()),
                        new WindowEdge(window, Kind.LAST_CALL, window.lastCall()),
                        new WindowEdge(window, Kind.WINDOW_CLOSED, window.close())))
                .sorted(Comparator.comparing(WindowEdge::at).thenComparing(WindowEdge::kind))
                .toList();
    }

    /**
     * Edges that are reached and not recorded yet, in the order of time. A window that was over before the run began is left
     * out.
     *
     * @param recorded {@linkplain #key keys} of the recorded edges
     * @param begin beginning of the run
     */
    public static List<WindowEdge> due(CutoverWindows windows, Set<String> recorded, Instant begin, Instant now) {
        return of(windows).stream()
                .filter(edge ->
                        !edge.at().isAfter(now) && edge.window().lastCall().isAfter(begin))
                .filter(edge -> !recorded.contains(edge.key()))
                .toList();
    }

    /** Identity of the edge in a run. A window whose time was changed keeps its recorded edges. */
    public String key() {
        return kind + " " + window.name();
    }

    /** Text for the log and the event: {@code fri opened at 2026-12-04 22:00 +08:00}. */
    public String text() {
        var verb = switch (kind) {
            case WINDOW_OPEN -> "opened at";
            case LAST_CALL -> "had its last call at";
            case WINDOW_CLOSED -> "closed at";
        };
        return "%s %s %s".formatted(window.label(), verb, CutoverPlan.format(at, window));
    }
}
