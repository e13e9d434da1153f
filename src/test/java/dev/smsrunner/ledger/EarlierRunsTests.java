package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Repeated reads of earlier runs. */
class EarlierRunsTests {

    private static Database database;

    private JdbcTemplate jdbc;
    private TestLedger first;
    private TestLedger again;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void runWithRerun() {
        jdbc = new JdbcTemplate(database.source());
        first = new TestLedger(database);
        again = new TestLedger(database);
        first.plan(List.of(Map.of("server_name", "db-01"), Map.of("server_name", "db-02")));
        jdbc.update("update run set rerun_of = ? where run_id = ?", first.runId(), again.runId());
        ends(1, Outcome.MIGRATED);
    }

    @Test
    void rowsOfFinishedRunAreReadOnce() {
        first.ledger().finish(first.owner(), List.of(), "done");
        var reader = new RunReader(database.source());
        assertThat(reader.activeControls(again.runId()).acceptedElsewhere()).containsExactly("db-01");

        jdbc.update("delete from migration where run_id = ?", first.runId());

        assertThat(reader.activeControls(again.runId()).acceptedElsewhere()).containsExactly("db-01");
        assertThat(new RunReader(database.source())
                        .activeControls(again.runId())
                        .acceptedElsewhere())
                .isEmpty();
    }

    @Test
    void unfinishedRunIsReadAgain() {
        var reader = new RunReader(database.source());
        assertThat(reader.activeControls(again.runId()).acceptedElsewhere()).containsExactly("db-01");

        ends(2, Outcome.MIGRATED);

        assertThat(reader.activeControls(again.runId()).acceptedElsewhere())
                .containsExactlyInAnyOrder("db-01", "db-02");
    }

    private void ends(int row, Outcome outcome) {
        var closed = first.row(row).end(outcome, null, first.clock().instant());
        first.ledger().write(first.owner(), List.of(LedgerWrite.of(closed, List.of())));
    }
}
