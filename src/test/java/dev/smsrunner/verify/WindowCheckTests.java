package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Windows and their capacity, from events alone. Each defect of a run is found. */
class WindowCheckTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventFixtures events = new EventFixtures();
    private final ReplayedTables replayed = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "cutover.windows.fri.open", "2026-12-04T14:00:00Z",
            "cutover.windows.fri.close", "2026-12-04T20:00:00Z",
            "cutover.windows.fri.lockout", "30m",
            "cutover.windows.fri.capacity", "2",
            "cutover.windows.sat.open", "2026-12-05T14:00:00Z",
            "cutover.windows.sat.close", "2026-12-05T20:00:00Z",
            "cutover.windows.sat.lockout", "30m",
            "waves.wave-1.windows", "fri"));
    private @Nullable WindowCheck check;
    private int attempt;

    @ParameterizedTest
    @CsvSource({
        "2026-12-04T13:59:59.999Z, true",
        "2026-12-04T14:00:00Z,     false",
        "2026-12-04T19:29:59.999Z, false",
        "2026-12-04T19:30:00Z,     true",
        "2026-12-05T15:00:00Z,     true",
    })
    void launchOutsideTheWindowsOfItsWaveIsFound(String at, boolean found) {
        row("wave-1", null, null);

        launch(1, at);

        assertThat(violations()).hasSize(found ? 1 : 0);
        assertThat(violations())
                .allSatisfy(
                        text -> assertThat(text).startsWith("I4 row 1: a launch was sent outside the cutover window"));
    }

    @Test
    void launchOutsideTheWindowOfItsRowIsFound() {
        row("wave-2", "sat", null);
        row("wave-2", "sat", null);

        launch(1, "2026-12-04T15:00:00Z");
        launch(2, "2026-12-05T15:00:00Z");

        assertThat(violations()).containsExactly("I4 row 1: a launch was sent outside the cutover window");
    }

    @Test
    void launchBeforeTheTimeOfItsRowIsFound() {
        row("wave-2", null, "2026-12-04T16:00:00Z");
        row("wave-2", null, "2026-12-04T16:00:00Z");

        launch(1, "2026-12-04T15:59:59Z");
        launch(2, "2026-12-04T16:00:00Z");

        assertThat(violations())
                .containsExactly("I4 row 1: a launch was sent before the cutover_at of the row, 2026-12-04T16:00:00Z");
    }

    @Test
    void launchAboveTheCapacityIsFound() {
        row("wave-1", null, null);
        row("wave-1", null, null);
        row("wave-1", null, null);

        launch(1, "2026-12-04T15:00:00Z");
        launch(2, "2026-12-04T16:00:00Z");
        launch(3, "2026-12-04T17:00:00Z");

        assertThat(violations()).containsExactly("I24 row 3: window fri had 3 launches, its capacity is 2");
    }

    @Test
    void failedAndRefusedLaunchesGiveTheirPlaceBack() {
        row("wave-1", null, null);
        row("wave-1", null, null);
        row("wave-1", null, null);
        row("wave-1", null, null);

        launch(1, "2026-12-04T15:00:00Z");
        change(1, "STATE", "{\"task_state\":\"MIGRATE_FAIL\"}");
        launch(2, "2026-12-04T15:00:00Z");
        answer(2, "REFUSED");
        launch(3, "2026-12-04T16:00:00Z");
        launch(4, "2026-12-04T16:00:00Z");

        assertThat(violations()).isEmpty();
    }

    @Test
    void capacityCountsEachWindowAlone() {
        for (int row = 1; row <= 4; row++) {
            row("wave-2", null, null);
            launch(row, row < 3 ? "2026-12-04T15:00:00Z" : "2026-12-05T15:00:00Z");
        }

        assertThat(violations()).isEmpty();
    }

    @Test
    void launchThatWasNotSentIsNone() {
        row("wave-1", null, null);

        launch(1, "2026-12-04T19:30:00Z");
        answer(1, "NOT_SENT");

        assertThat(violations()).isEmpty();
    }

    private void row(String wave, @Nullable String window, @Nullable String notBefore) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("row_no", (long) rows.size() + 1);
        row.put("line_no", (long) rows.size() + 2);
        row.put("server_name", "server-" + (rows.size() + 1));
        row.put("wave", wave);
        row.put("priority", 1L);
        row.put("depends_on", "[]");
        row.put("queued_at", EventFixtures.BEGUN.toString());
        row.put("cutover_window", window);
        row.put("cutover_at", notBefore);
        rows.add(row);
        check = null;
        if (replayed.run().isEmpty()) {
            apply(events.run("RUN", "", "ADDED", "{}"));
        }
        apply(events.intake("{\"rows\":{\"%d\":\"%s\"}}"
                .formatted(rows.size(), Hashes.ofRow(rows.get(rows.size() - 1), ""))));
    }

    private void launch(int row, String at) {
        attempt++;
        var intent = "{\"intent\":{\"operation\":\"LAUNCH\",\"attempt\":%d,\"state\":\"OPEN\",\"intended_at\":\"%s\"}}";
        checked(events.row(row, "CALL", "LAUNCH", "OPEN", "", intent.formatted(attempt, Instant.parse(at))));
    }

    private void answer(int row, String state) {
        checked(events.call(row, "LAUNCH", attempt, state));
    }

    private void change(int row, String kind, String change) {
        checked(events.row(row, kind, "", "", "", change));
    }

    private void checked(RecordedEvent event) {
        started().event(event, replayed);
        apply(event);
    }

    private void apply(RecordedEvent event) {
        assertThat(replayed.apply(event)).isTrue();
    }

    private WindowCheck started() {
        if (check == null) {
            var tables = new Tables(Map.of(), List.copyOf(rows), List.of(), List.of(), List.of(), List.of());
            check = new WindowCheck(
                    new OrderedRows(tables, new EarlierRows(Set.of(), Set.of()), FormerOrders.of(List.of())), findings);
            var run = Map.of("run", Map.of("settings", JSON.writeValueAsString(settings)));
            var event = events.run("RUN", "", "CHANGED", JSON.writeValueAsString(run));
            check.event(event, replayed);
            apply(event);
        }
        return check;
    }

    private List<String> violations() {
        started().end(replayed);
        return findings.result("run", "").violations().stream()
                .map(violation -> "%s row %d: %s".formatted(violation.invariant(), violation.row(), violation.what()))
                .distinct()
                .toList();
    }
}
