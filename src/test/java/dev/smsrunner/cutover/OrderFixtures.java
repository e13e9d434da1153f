package dev.smsrunner.cutover;

import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.GateRecords;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A run from which tests of the order start: settings as a run records them, and rows at any stage. */
final class OrderFixtures {

    static final Instant NOW = Instant.parse("2026-12-02T20:00:00Z");

    private final Map<String, String> settings = new HashMap<>(Map.of("job", "migrate", "cutover.when", "synced"));
    private final Map<Integer, LedgerRow> rows = new LinkedHashMap<>();
    private ActiveControls controls = ActiveControls.NONE;

    OrderFixtures with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    OrderFixtures controls(ActiveControls newControls) {
        controls = newControls;
        return this;
    }

    OrderFixtures pause(Instant since, String by) {
        return controls(new ActiveControls(since, by, Set.of(), Map.of(), Map.of(), Set.of(), null, GateRecords.NONE));
    }

    OrderFixtures forceLaunch(int row) {
        return controls(new ActiveControls(
                null, "", Set.of(row), Map.of(row, "ana"), Map.of(), Set.of(), null, GateRecords.NONE));
    }

    OrderFixtures acceptElsewhere(String... keys) {
        return controls(ActiveControls.NONE.withAcceptedElsewhere(Set.of(keys)));
    }

    /** A row without a wave. */
    OrderFixtures row(int number, String server, Stage stage, String... dependsOn) {
        return row(number, server, "", stage, dependsOn);
    }

    OrderFixtures row(int number, String server, String wave, Stage stage, String... dependsOn) {
        var planned = LedgerRow.planned("run", number, number + 1, server, wave, 1, Arrays.asList(dependsOn), NOW)
                .withSource("source-" + number, null);
        var row = planned;
        for (var next : List.of(Stage.TASK_READY, Stage.STARTED, Stage.REPLICATING, Stage.SYNCING, Stage.LAUNCHING)) {
            if (next.ordinal() <= stage.ordinal() && stage != Stage.CLOSED) {
                row = next == Stage.TASK_READY ? row.withTask("task-" + number, NOW) : row.withStage(next, NOW);
            }
        }
        rows.put(number, row);
        return this;
    }

    OrderFixtures addEnded(int number, String server, String wave, Outcome outcome, String... dependsOn) {
        row(number, server, wave, Stage.PLANNED, dependsOn);
        return change(number, row -> row.end(outcome, "as it is", NOW));
    }

    OrderFixtures addEnded(int number, String server, Outcome outcome, String... dependsOn) {
        return addEnded(number, server, "", outcome, dependsOn);
    }

    OrderFixtures priority(int number, int priority) {
        return change(
                number,
                row -> LedgerRow.planned(
                                "run", number, row.line(), row.serverName(), row.wave(), priority, row.dependsOn(), NOW)
                        .withTask("task-" + number, NOW));
    }

    OrderFixtures change(int number, UnaryOperator<LedgerRow> edit) {
        rows.computeIfPresent(number, (key, row) -> edit.apply(row));
        return this;
    }

    /** Row whose launch was accepted this long ago. */
    OrderFixtures launchAgo(int number, Duration time) {
        return change(number, row -> row.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 2, NOW.minus(time))));
    }

    OrderFixtures observed(int number, String taskState, String progress) {
        return change(
                number,
                row -> row.withObserved(
                        new ObservedState(taskState, "replicating", "replicating", true, progress, NOW, null)));
    }

    CutoverSnapshot snapshot() {
        return new CutoverSnapshot(rows.values(), CutoverPlan.fromSettings(settings), controls);
    }

    LedgerRow row(int number) {
        return rows.get(number);
    }

    /** The numbers of the rows at a stage. */
    List<LedgerRow> at(Stage stage) {
        return rows.values().stream().filter(row -> row.stage() == stage).toList();
    }
}
