package dev.smsrunner.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the servers that a row depends on mean for its start. */
class DependenciesTests {

    private static final Migration OTHER = Given.row(2, "wave-1", 1, Stage.REPLICATING);

    @Test
    void aRowWithoutDependenciesMayStart() {
        var row = Given.row(Stage.TASK_READY);

        assertThat(Dependencies.met(row, board(row))).isTrue();
        assertThat(Dependencies.broken(row, board(row))).isEmpty();
    }

    @Test
    void anOpenServerIsWaitedFor() {
        var row = dependent("server-2");

        assertThat(Dependencies.met(row, board(row, OTHER))).isFalse();
        assertThat(Dependencies.broken(row, board(row, OTHER))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Outcome.class)
    void aClosedServerDecides(Outcome outcome) {
        var row = dependent("SERVER-2");
        var board = board(row, OTHER.closed(outcome, "why", Given.NOW));

        assertThat(Dependencies.met(row, board)).isEqualTo(outcome.success());
        assertThat(Dependencies.broken(row, board).isPresent()).isEqualTo(!outcome.success());
    }

    @Test
    void theReasonNamesTheServerAndItsEnd() {
        var row = dependent("server-2");

        assertThat(Dependencies.broken(row, board(row, OTHER.closed(Outcome.FAILED, "why", Given.NOW))))
                .hasValue("not started: it depends on server-2 (row 2), which ended FAILED");
    }

    @Test
    void everyDependencyCounts() {
        var row = dependent("server-2", "server-3");
        var third = Given.row(3, "wave-1", 1, Stage.CLOSED);

        assertThat(Dependencies.met(row, board(row, OTHER, third))).isFalse();
        assertThat(Dependencies.met(row, board(row, OTHER.closed(Outcome.SKIPPED, "done", Given.NOW), third)))
                .isTrue();
    }

    @Test
    void aServerThatIsNotInTheRunIsNotWaitedFor() {
        var row = dependent("elsewhere");

        assertThat(Dependencies.met(row, board(row))).isTrue();
    }

    private static Migration dependent(String... names) {
        return Given.dependingOn(Given.row(Stage.TASK_READY), names);
    }

    private static Board board(Migration... rows) {
        return new Board(List.of(rows));
    }
}
