package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Text about the conditions that a forced launch overrides. */
class ForcedLaunchTests {

    private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
    private static final Map<String, String> HOLD = Map.of("job", "migrate", "cutover.on-difference", "hold");
    private static final LedgerRow DATABASE = row(1, "db-01");
    private static final LedgerRow CHILD = row(2, "app-01", "db-01");

    @Test
    void orderAndDifferenceAreListed() {
        assertThat(text(differing(CHILD), HOLD))
                .isEqualTo("The launch of app-01 (row 2) overrides: DEPENDS_ON db-01, PLANNED;"
                        + " consistency check: 2 files are not the same on source and target (/var).");
    }

    @Test
    void differenceWithoutHoldIsNotListed() {
        assertThat(text(differing(CHILD), Map.of("job", "migrate")))
                .isEqualTo("The launch of app-01 (row 2) overrides: DEPENDS_ON db-01, PLANNED.");
    }

    @Test
    void dueLaunchOverridesNothing() {
        assertThat(text(DATABASE, HOLD)).isEqualTo("The launch of db-01 (row 1) overrides nothing at present.");
    }

    @Test
    void remainingLimitIsListed() {
        var settings = Map.of("job", "migrate", "cutover.launches", "1");
        var launching = row(3, "mq-01").withTask("task-3", AT).withStage(Stage.STARTED, AT);
        for (var stage : List.of(Stage.REPLICATING, Stage.SYNCING, Stage.LAUNCHING)) {
            launching = launching.withStage(stage, AT);
        }

        assertThat(ForcedLaunch.of(CHILD, settings, List.of(DATABASE, CHILD, launching), ActiveControls.NONE, AT))
                .isEqualTo("The launch of app-01 (row 2) overrides: DEPENDS_ON db-01, PLANNED."
                        + " It still waits: LAUNCHES 1 of 1.");
    }

    private static String text(LedgerRow row, Map<String, String> settings) {
        return ForcedLaunch.of(row, settings, List.of(DATABASE, CHILD), ActiveControls.NONE, AT);
    }

    private static LedgerRow differing(LedgerRow row) {
        return row.withConsistency(new Consistency(Consistency.State.DIFFERENT, 2, "/var", AT));
    }

    private static LedgerRow row(int number, String name, String... dependsOn) {
        return LedgerRow.planned("run", number, number + 1, name, "", 1, List.of(dependsOn), AT);
    }
}
