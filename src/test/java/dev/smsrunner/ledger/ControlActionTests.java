package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Refusals of operator controls. */
class ControlActionTests {

    private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
    private static final LedgerRow COPYING = LedgerRow.planned("run", 2, 3, "app-01", "", 1, List.of(), AT)
            .withTask("task-2", AT)
            .withStage(Stage.STARTED, AT)
            .withStage(Stage.REPLICATING, AT)
            .withObserved(new ObservedState("RUNNING", "replicating", "replicating", true, null, AT, null));

    @Test
    void rowNotInSyncIsRefusedWithStageAndRemedy() {
        assertThat(refusal(COPYING))
                .isEqualTo("app-01 (row 2, task task-2) does not wait for a manual launch: its stage is REPLICATING,"
                        + " its copy state replicating. Wait until its stage is SYNCING");
        assertThat(refusal(COPYING.withStage(Stage.LAUNCHING, AT)))
                .contains("its stage is LAUNCHING", "Wait for the end of the launch");
        assertThat(refusal(COPYING.end(Outcome.FAILED, "x", AT)))
                .contains("its stage is CLOSED (FAILED)", "Retry it first");
        assertThat(refusal(COPYING.end(Outcome.MIGRATED, null, AT))).contains("(MIGRATED)", "its target runs");
        assertThat(refusal(LedgerRow.planned("run", 2, 3, "app-01", "", 1, List.of(), AT)))
                .contains("its stage is PLANNED, its copy state unknown");
    }

    @Test
    void rowInSyncIsNotRefused() {
        assertThat(ControlAction.LAUNCH.refusal(COPYING.withStage(Stage.SYNCING, AT)))
                .isEmpty();
    }

    private static String refusal(LedgerRow row) {
        return ControlAction.LAUNCH.refusal(row).orElseThrow();
    }
}
