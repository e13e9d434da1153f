package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Openings, last calls and closes of windows: each is due once. */
class WindowEdgeTests {

    private static final Instant OPEN = Instant.parse("2026-12-04T14:00:00Z");
    private static final CutoverWindows WINDOWS =
            new CutoverWindows(List.of(window("sat", OPEN.plus(Duration.ofDays(1))), window("fri", OPEN)), Map.of());

    private static Window window(String name, Instant open) {
        return new Window(
                name, open, open.plus(Duration.ofHours(6)), Duration.ofMinutes(30), ZoneId.of("Asia/Singapore"), null);
    }

    @Test
    void edgesAreInTheOrderOfTime() {
        assertThat(WindowEdge.of(WINDOWS))
                .extracting(WindowEdge::key)
                .containsExactly(
                        "WINDOW_OPEN fri",
                        "LAST_CALL fri",
                        "WINDOW_CLOSED fri",
                        "WINDOW_OPEN sat",
                        "LAST_CALL sat",
                        "WINDOW_CLOSED sat");
    }

    @Test
    void eachEdgeIsDueOnce() {
        var recorded = new HashSet<String>();
        var found = new HashSet<String>();
        for (var now = OPEN.minusSeconds(3600);
                now.isBefore(OPEN.plus(Duration.ofDays(2)));
                now = now.plusSeconds(977)) {
            for (var edge : WindowEdge.due(WINDOWS, recorded, OPEN.minusSeconds(7200), now)) {
                assertThat(edge.at()).isBeforeOrEqualTo(now).isAfter(now.minusSeconds(977));
                assertThat(found.add(edge.key())).isTrue();
                recorded.add(edge.key());
            }
        }
        assertThat(found).hasSize(6);
    }

    /** The machine was suspended from before the opening until after the close. */
    @Test
    void edgesOfASleepAreDueTogether() {
        assertThat(WindowEdge.due(WINDOWS, Set.of(), OPEN.minusSeconds(60), OPEN.plus(Duration.ofHours(7))))
                .extracting(WindowEdge::text)
                .containsExactly(
                        "window fri opened at 2026-12-04 22:00 +08:00",
                        "window fri had its last call at 2026-12-05 03:30 +08:00",
                        "window fri closed at 2026-12-05 04:00 +08:00");
    }

    @Test
    void windowFromBeforeTheRunIsLeftOut() {
        var later = OPEN.plus(Duration.ofHours(7));

        assertThat(WindowEdge.due(WINDOWS, Set.of(), later, later.plusSeconds(1)))
                .isEmpty();
        assertThat(WindowEdge.due(WINDOWS, Set.of(), OPEN.plusSeconds(60), OPEN.plusSeconds(120)))
                .as("a run that begins inside the window")
                .extracting(WindowEdge::key)
                .containsExactly("WINDOW_OPEN fri");
    }
}
