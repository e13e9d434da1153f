package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Warnings of a plan about windows that are over or too small. */
class WindowDemandTests {

    private static final Instant FRI = Instant.parse("2026-12-04T22:00:00Z");

    private static Window window(String name, Instant open, @Nullable Integer capacity) {
        return new Window(name, open, open.plus(Duration.ofHours(6)), Duration.ofMinutes(30), ZoneOffset.UTC, capacity);
    }

    private static WindowDemand demand(@Nullable Integer capacityOfSat, Instant now) {
        var windows = List.of(window("fri", FRI, 2), window("sat", FRI.plus(Duration.ofDays(1)), capacityOfSat));
        return new WindowDemand(new CutoverWindows(windows, Map.of("wave-1", List.of("fri"))), now);
    }

    private static void add(WindowDemand demand, int rows, String wave) {
        for (int row = 1; row <= rows; row++) {
            demand.add(InventoryRow.restore(
                    row, row + 1, Map.of("server_name", "server-" + row, "wave_name", wave), Map.of()));
        }
    }

    @Test
    void rowsBeyondTheCapacityAreNamedByTheirWindows() {
        var demand = demand(3, FRI);
        add(demand, 3, "wave-1");
        add(demand, 3, "wave-2");

        assertThat(demand.warnings())
                .containsExactly(
                        "3 rows may use only fri, with room for 2 launches: at least 1 find no place",
                        "6 rows may use only fri, sat, with room for 5 launches: at least 1 find no place");
    }

    @Test
    void windowWithoutCapacityTakesAllRows() {
        var demand = demand(null, FRI);
        add(demand, 2, "wave-1");
        add(demand, 90, "wave-2");

        assertThat(demand.warnings()).isEmpty();
    }

    @Test
    void rowWhoseWindowsAreOverIsNamed() {
        var demand = demand(3, FRI.plus(Duration.ofHours(10)));
        add(demand, 1, "wave-1");
        add(demand, 1, "wave-2");

        assertThat(demand.warnings())
                .containsExactly("server-1 (row 1) can never be launched: its windows are over (fri)");
    }
}
