package dev.smsrunner.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void aNameThatTheRunDoesNotHaveIsNeverMet() {
        var row = dependent("elsewhere");

        assertThat(Dependencies.met(row, board(row))).isFalse();
        assertThat(Dependencies.broken(row, board(row)))
                .hasValue("not started: it depends on elsewhere, which is no server of this run");
    }

    @Test
    void aServerThatReachedItsGoalInAnEarlierRunIsMet() {
        var row = dependent("ELSEWHERE.");
        var board = new Board(List.of(row), List.of("elsewhere"));

        assertThat(Dependencies.met(row, board)).isTrue();
        assertThat(Dependencies.broken(row, board)).isEmpty();
    }

    @Test
    void aServerOfThisRunIsNotMetByWhatAnotherOfItsNameReachedBefore() {
        var row = dependent("server-2");
        var board = new Board(List.of(row, OTHER), List.of("server-2"));

        assertThat(Dependencies.met(row, board)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"server-2.", "SERVER-2", "\u00a0server-2", "server-2\u202f"})
    void anySpellingOfTheNameMeansTheServer(String spelling) {
        var row = dependent(spelling);
        var failed = OTHER.closed(Outcome.FAILED, "why", Given.NOW);

        assertThat(Dependencies.met(row, board(row, OTHER))).isFalse();
        assertThat(Dependencies.broken(row, board(row, failed))).isPresent();
    }

    @Test
    void allServersOfOneNameAreWaitedFor() {
        var row = dependent("server-2");
        var twin = Given.named(Given.row(3, "wave-1", 1, Stage.REPLICATING), "Server-2");
        var migrated = OTHER.closed(Outcome.MIGRATED, null, Given.NOW);

        for (var rows : List.of(List.of(migrated, twin), List.of(twin, migrated))) {
            assertThat(Dependencies.met(row, new Board(rows))).isFalse();
            assertThat(Dependencies.broken(row, new Board(rows))).isEmpty();
        }
    }

    @Test
    void oneFailedServerOfSeveralOfThatNameIsEnough() {
        var row = dependent("server-2");
        var twin = Given.named(Given.row(3, "wave-1", 1, Stage.REPLICATING), "server-2");
        var failed = twin.closed(Outcome.FAILED, "why", Given.NOW);

        for (var rows : List.of(List.of(OTHER, failed), List.of(failed, OTHER))) {
            assertThat(Dependencies.met(row, new Board(rows))).isFalse();
            assertThat(Dependencies.broken(row, new Board(rows)))
                    .hasValue("not started: it depends on server-2 (row 3), which ended FAILED");
        }
    }

    private static Migration dependent(String... names) {
        return Given.dependingOn(Given.row(Stage.TASK_READY), names);
    }

    private static Board board(Migration... rows) {
        return new Board(List.of(rows));
    }
}
