package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of windows in an unfinished run. */
class WindowChangeTests {

    private static final Instant LAUNCHED = Instant.parse("2026-12-04T15:00:00Z");
    private static final Map<String, String> RECORDED = Map.of(
            "cutover.windows.fri.open", "2026-12-04T14:00:00Z",
            "cutover.windows.fri.close", "2026-12-04T20:00:00Z",
            "cutover.windows.fri.lockout", "30m",
            "cutover.windows.fri.capacity", "40",
            "cutover.windows.sat.open", "2026-12-05T14:00:00Z",
            "cutover.windows.sat.close", "2026-12-05T20:00:00Z");

    private static LedgerRow row(Stage stage) {
        var row = LedgerRow.planned("run", 1, 2, "server-1", "", 1, List.of(), LAUNCHED)
                .withTask("task-1", LAUNCHED)
                .withStage(Stage.SYNCING, LAUNCHED);
        return stage == Stage.SYNCING
                ? row
                : row.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 2, LAUNCHED))
                        .withStage(stage, LAUNCHED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fri.open=2026-12-04T14:00:01Z  | it opens later, at 2026-12-04T14:00:01Z instead of 2026-12-04T14:00:00Z
            fri.close=2026-12-04T19:59:59Z | it closes earlier, at 2026-12-04T19:59:59Z instead of 2026-12-04T20:00:00Z
            fri.lockout=31m                | its lockout is longer, 31m instead of 30m
            fri.capacity=39                | its capacity is lower, 39 instead of 40
            fri.open=                      | the window was removed
            fri.open=2026-12-04T13:00:00Z  |
            fri.close=2026-12-04T21:00:00Z |
            fri.lockout=15m                |
            fri.capacity=41                |
            fri.capacity=                  |
            sat.close=2026-12-05T19:00:00Z |
            sat.open=                      |
            """)
    void windowWithALaunchMayOnlyBeWidened(String change, String refusal) {
        assertThat(refusals(change, Stage.LAUNCHING))
                .isEqualTo(refusal == null ? List.of() : List.of("cutover.windows.fri had 1 launch: " + refusal));
        assertThat(refusals(change, Stage.SYNCING)).as("without a launch").isEmpty();
    }

    private static List<String> refusals(String change, Stage stage) {
        var changed = new HashMap<>(RECORDED);
        var parts = change.split("=", 2);
        if (parts[1].isEmpty()) {
            changed.remove("cutover.windows." + parts[0]);
        } else {
            changed.put("cutover.windows." + parts[0], parts[1]);
        }
        return WindowChange.refusals(List.of(row(stage)), RECORDED, changed);
    }

    @Test
    void unchangedWindowsAreFine() {
        assertThat(WindowChange.refusals(List.of(row(Stage.LAUNCHING)), RECORDED, RECORDED))
                .isEmpty();
    }
}
