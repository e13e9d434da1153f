package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Order of launches, from events alone. */
class OrderCheckTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventFixtures events = new EventFixtures();
    private final ReplayedTables replayed = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>(Map.of("cutover.when", "synced"));
    private final List<RecordedEvent> former = new ArrayList<>();
    private EarlierRows earlier = new EarlierRows(Set.of(), Set.of());
    private @Nullable OrderCheck check;

    @Test
    void launchAfterItsDependencyHasNoViolation() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        end(1, "MIGRATED");
        launch(2);

        assertThat(found()).isEmpty();
    }

    @Test
    void launchBeforeItsDependencyIsFound() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        stage(1, "LAUNCHING");
        launch(2);
        end(1, "MIGRATED");

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I21");
            assertThat(violation.row()).isEqualTo(2);
            assertThat(violation.what())
                    .isEqualTo("the target was launched before its dependency db-01 (row 1, LAUNCHING)");
            assertThat(violation.evidence()).matches("event \\d+ of .*");
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            synced,   REPLICATING,  false
            synced,   SYNCING,      true
            synced,   LAUNCHING,    true
            synced,   SYNCED,       true
            synced,   NOT_LAUNCHED, true
            synced,   FAILED,       false
            synced,   SKIPPED,      true
            launched, SYNCING,      false
            launched, LAUNCHING,    true
            launched, NOT_LAUNCHED, false
            launched, MIGRATED,     true
            launched, FAILED,       false
            accepted, LAUNCHING,    false
            accepted, SYNCED,       false
            accepted, NOT_LAUNCHED, false
            accepted, REJECTED,     false
            accepted, SKIPPED,      true
            accepted, MIGRATED,     true
            """)
    void dependencyIsSatisfiedAtItsLevel(String level, String state, boolean satisfied) {
        row("db-01", "w1");
        row("app-01", "w1", "db-01@" + level);
        if (state.matches("REPLICATING|SYNCING|LAUNCHING")) {
            stage(1, state);
        } else {
            changes(1, "{\"replicated_at\":\"2026-11-21T22:00:01Z\"}");
            end(1, state);
        }
        launch(2);

        assertThat(found().isEmpty()).isEqualTo(satisfied);
    }

    @Test
    void notLaunchedRowWithoutACompleteCopyIsNotInSync() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01@synced");
        end(1, "NOT_LAUNCHED");
        launch(2);

        assertThat(found()).hasSize(1);
    }

    @Test
    void nameMatchesAllRowsWithTheSameKey() {
        row("Zu\u0308rich-DB.", "w1");
        row("z\u00fcrich-db", "w1");
        row("app-01", "w1", " Z\u00dcRICH-DB ");
        end(1, "MIGRATED");
        launch(3);

        assertThat(found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("row 2, PLANNED"));
    }

    @Test
    void idMatchesTheRowOfTheSource() {
        row("db-01", "w1");
        row("app-01", "w1", "id:ABC-1");
        changes(1, "{\"source_id\":\"abc-1\"}");
        launch(2);

        assertThat(found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("id:ABC-1 (row 1, PLANNED)"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serverOutsideTheRunIsSatisfiedAfterItsObservedLaunch(boolean observed) {
        row("app-01", "w1", "id:ABC-1");
        if (observed) {
            apply(events.row(1, "DEPENDENCY", "id:abc-1", "ACCEPTED", "SMS shows it as cutovered", ""));
        }
        launch(1);

        assertThat(found().isEmpty()).isEqualTo(observed);
    }

    @ParameterizedTest
    @CsvSource({"db-01, true", "db-02, false", "db-02@synced, true", "db-03, false"})
    void earlierRunSatisfiesADependency(String dependency, boolean satisfied) {
        earlier = new EarlierRows(Set.of("db-01"), Set.of("db-02"));
        row("app-01", "w1", dependency);
        launch(1);

        assertThat(found().isEmpty()).isEqualTo(satisfied);
    }

    @ParameterizedTest
    @CsvSource({"MIGRATED, true", "FAILED, true", "NOT_LAUNCHED, true", "'', false"})
    void waveWaitsForThePrecedingWaves(String outcome, boolean ended) {
        settings.put("waves.w2.after", "w0,w1");
        row("db-01", "w1");
        row("app-01", "w2");
        if (!outcome.isEmpty()) {
            end(1, outcome);
        }
        launch(2);

        assertThat(found().isEmpty()).isEqualTo(ended);
    }

    @Test
    void forcedLaunchIgnoresTheOrder() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        apply(events.row(2, "CONTROL", "LAUNCH_FORCED", "DONE", "asked by ops", ""));
        launch(2);

        assertThat(found()).isEmpty();
    }

    @Test
    void retryEndsAForcedLaunch() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        apply(events.row(2, "CONTROL", "LAUNCH_FORCED", "DONE", "asked by ops", ""));
        apply(events.row(2, "STAGE", "CLOSED", "SYNCING", "launched, as ops asked", ""));
        launch(2);
        assertThat(found()).isEmpty();

        apply(events.row(2, "STAGE", "CLOSED", "PLANNED", "tried again, as ops asked", ""));
        launch(2);

        assertThat(found()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"LAUNCH, DONE", "LAUNCH_FORCED, REFUSED"})
    void otherRequestDoesNotOverrideTheOrder(String action, String answer) {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        apply(events.row(2, "CONTROL", action, answer, "asked by ops", ""));
        launch(2);

        assertThat(found()).hasSize(1);
    }

    @Test
    void unsentLaunchHasNoViolation() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        launch(2);
        answer(2, "NOT_SENT");

        assertThat(found()).isEmpty();
    }

    @Test
    void forcedLaunchCountsForTheLimit() {
        settings.put("cutover.launches", "1");
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        apply(events.row(2, "CONTROL", "LAUNCH_FORCED", "DONE", "asked by ops", ""));
        launch(1);
        launch(2);

        assertThat(found())
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.what()).isEqualTo("2 concurrent launches, the limit is 1"));
    }

    @Test
    void launchesAboveTheLimitAreFound() {
        settings.put("cutover.launches", "2");
        for (int row = 1; row <= 4; row++) {
            row("app-0" + row, "w1");
        }
        launch(1);
        launch(2);
        answer(1, "UNKNOWN");
        answer(2, "DONE");
        stage(2, "LAUNCHING");
        launch(3);
        answer(3, "REFUSED");
        end(2, "MIGRATED");
        launch(4);

        assertThat(found())
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.what()).isEqualTo("3 concurrent launches, the limit is 2"));
    }

    @Test
    void launchesAboveThePaceAreFound() {
        settings.put("cutover.pace", "3s");
        for (int row = 1; row <= 4; row++) {
            row("app-0" + row, "w1");
        }
        launch(1);
        answer(1, "REFUSED");
        launch(2);
        changes(3, "{\"attempts\":\"1\"}");
        changes(4, "{\"attempts\":\"1\"}");
        launch(3);
        launch(4);

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.row()).isEqualTo(4);
            assertThat(violation.what()).isEqualTo("launched 1.000 s after another launch, cutover.pace is 3s");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "synced"})
    void startCountsAsLaunchIfSmsLaunchesAutomatically(String when) {
        settings.put("cutover.when", when);
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        call(2, "START");

        assertThat(found()).hasSize(when.equals("auto") ? 1 : 0);
    }

    @Test
    void restartIsNotChecked() {
        settings.put("cutover.when", "auto");
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        stage(2, "REPLICATING");
        call(2, "START");

        assertThat(found()).isEmpty();
    }

    @Test
    void launchUnderAnUnknownInventoryIsNotChecked() {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        started();
        apply(events.intake("{\"rows\":{\"2\":\"the digest of other cells\"}}"));
        launch(2);
        apply(events.intake("{\"rows\":{\"2\":\"%s\"}}".formatted(Hashes.ofRow(rows.get(1), ""))));

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"MIGRATED, 0", "REPLICATING, 1"})
    void launchIsCheckedAgainstTheInventoryOfThatTime(String state, int violations) {
        row("db-01", "w1");
        row("app-01", "w1", "db-01");
        var planned = rows.get(1);
        change(2, Map.of("depends_on", "[]"));
        if (state.equals("MIGRATED")) {
            end(1, state);
        } else {
            stage(1, state);
        }
        apply(events.intake("{\"rows\":{\"2\":\"%s\"}}".formatted(Hashes.ofRow(planned, ""))));
        launch(2);
        apply(events.intake("{\"rows\":{\"2\":\"%s\"}}".formatted(Hashes.ofRow(rows.get(1), ""))));

        assertThat(found()).hasSize(violations);
    }

    @Test
    void formerWaveOfAServerBlocksTheLaunch() {
        settings.put("waves.w2.after", "w1");
        row("db-01", "w1");
        row("app-01", "w2");
        var planned = rows.get(0);
        change(1, Map.of("wave", "w3"));
        apply(events.intake("{\"rows\":{\"1\":\"%s\"}}".formatted(Hashes.ofRow(planned, ""))));
        launch(2);
        apply(events.intake("{\"rows\":{\"1\":\"%s\"}}".formatted(Hashes.ofRow(rows.get(0), ""))));

        assertThat(found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("the end of w1 (row 1, PLANNED)"));
    }

    /** Changes the columns of a row later; an event records the former columns. */
    private void change(int number, Map<String, String> columns) {
        var before = rows.get(number - 1);
        var events = new HashMap<>(before);
        events.put("digest", Hashes.ofRow(before, ""));
        former.add(new EventFixtures().intake(JSON.writeValueAsString(Map.of("former", Map.of(number, events)))));
        var after = new HashMap<>(before);
        after.putAll(columns);
        rows.set(number - 1, after);
    }

    private void row(String name, String wave, String... dependsOn) {
        var row = new HashMap<String, @Nullable Object>();
        row.put("row_no", (long) rows.size() + 1);
        row.put("line_no", (long) rows.size() + 2);
        row.put("server_name", name);
        row.put("wave", wave);
        row.put("priority", 0L);
        row.put("depends_on", JSON.writeValueAsString(Arrays.asList(dependsOn)));
        row.put("queued_at", EventFixtures.BEGUN.toString());
        rows.add(row);
    }

    /** Starts the run with all rows before the first event. */
    private OrderCheck started() {
        if (check == null) {
            check = new OrderCheck(
                    new OrderedRows(
                            new Tables(Map.of(), rows, List.of(), List.of(), List.of(), List.of()),
                            earlier,
                            FormerOrders.of(former)),
                    findings);
            var run = Map.of("run", Map.of("settings", JSON.writeValueAsString(settings)));
            apply(events.run("RUN", "", "ADDED", JSON.writeValueAsString(run)));
            for (int row = 1; row <= rows.size(); row++) {
                apply(events.intake("{\"rows\":{\"%d\":\"%s\"}}".formatted(row, Hashes.ofRow(rows.get(row - 1), ""))));
            }
        }
        return check;
    }

    private void stage(int row, String stage) {
        apply(() -> events.row(row, "STAGE", "", stage, "", "{\"stage\":\"%s\"}".formatted(stage)));
    }

    private void end(int row, String outcome) {
        changes(row, "{\"stage\":\"CLOSED\",\"outcome\":\"%s\"}".formatted(outcome));
    }

    private void changes(int row, String change) {
        apply(() -> events.row(row, "STAGE", "", "", "", change));
    }

    private void launch(int row) {
        call(row, "LAUNCH");
    }

    private void call(int row, String operation) {
        apply(() -> events.row(
                row, "CALL", operation, "OPEN", "", """
                {"call_operation":"%s","call_state":"OPEN",
                 "intent":{"operation":"%s","attempt":"%d","state":"OPEN","intended_at":"%s"}}
                """.formatted(operation, operation, row, events.next())));
    }

    private void answer(int row, String state) {
        apply(() -> events.row(row, "CALL", "LAUNCH", state, "", """
                {"call_state":"%s","intent":{"operation":"LAUNCH","attempt":"%d","state":"%s"}}
                """.formatted(state, row, state)));
    }

    private void apply(java.util.function.Supplier<RecordedEvent> event) {
        started();
        apply(event.get());
    }

    private void apply(RecordedEvent event) {
        started().event(event, replayed);
        replayed.apply(event);
    }

    private List<Violation> found() {
        started().end(replayed);
        return findings.result("run", null).violations();
    }
}
