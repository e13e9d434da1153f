package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Observed states with the progress of a later observation. */
class ObservedStateTests {

    private static final Instant AT = Instant.parse("2026-11-21T22:00:00Z");
    private static final ActualTarget TARGET = new ActualTarget(true, "ECS-1", "region-1", "project-1");
    private static final ObservedState WRITTEN = copying("3 of 9 bytes", AT).withTarget(TARGET);

    @Test
    void laterProgressKeepsTheTarget() {
        var fresh = WRITTEN.withLaterProgress(copying("7 of 9 bytes", AT.plusSeconds(1)));

        assertThat(fresh.progress()).isEqualTo("7 of 9 bytes");
        assertThat(fresh.changedAt()).isEqualTo(AT.plusSeconds(1));
        assertThat(fresh.target()).isEqualTo(TARGET);
    }

    @Test
    void laterTargetReplacesTheTarget() {
        var other = new ActualTarget(true, "ECS-2", "region-1", "project-1");

        assertThat(WRITTEN.withLaterProgress(
                                copying("7 of 9 bytes", AT.plusSeconds(1)).withTarget(other))
                        .target())
                .isEqualTo(other);
    }

    @Test
    void earlierObservationChangesNothing() {
        assertThat(WRITTEN.withLaterProgress(copying("2 of 9 bytes", AT))).isSameAs(WRITTEN);
    }

    private static ObservedState copying(String progress, Instant changedAt) {
        return new ObservedState("RUNNING", "replicate", "replicating", true, progress, changedAt, null);
    }
}
