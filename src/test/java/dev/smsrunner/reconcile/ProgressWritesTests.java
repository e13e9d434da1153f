package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.SingleRowLoop;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Progress of a copy: known at every observation, written every 5 minutes or every 5 percent, without events. */
class ProgressWritesTests {

    private static final Instant NOW = RowFixtures.NOW;
    private static final long GIGA = 1_000_000_000L;

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private TestLedger testLedger;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void begin() {
        testLedger = new TestLedger(database);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            10 of 100 bytes,                 10 of 100 bytes,                  9000, false
            10 of 100 bytes,                 14 of 100 bytes,                  299,  false
            10 of 100 bytes,                 14 of 100 bytes,                  300,  true
            10 of 100 bytes,                 15 of 100 bytes,                  1,    true
            10 of 100 bytes,                 5 of 100 bytes,                   1,    true
            -,                               4 of 100 bytes,                   1,    false
            -,                               5 of 100 bytes,                   1,    true
            '10 of 100 bytes, MIGRATE-10',   '10 of 100 bytes, MIGRATE-11',    299,  false
            '10 of 100 bytes, MIGRATE-10',   '10 of 100 bytes, MIGRATE-11',    300,  true
            10 bytes,                        99 bytes,                         299,  false
            10 of 0 bytes,                   99 of 0 bytes,                    299,  false
            10 of 100 bytes,                 -,                                300,  true
            """)
    void progressIsWrittenEveryFiveMinutesOrFivePercent(
            @Nullable String before, @Nullable String current, int seconds, boolean due) {
        var writes = new ProgressWrites(List.of());
        writes.recordWrite(seeing(before), NOW);

        assertThat(writes.due(List.of(seeing(current)), NOW.plusSeconds(seconds)))
                .hasSize(due ? 1 : 0);
        assertThat(writes.due(List.of(seeing(current)), NOW.plusSeconds(seconds)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"30, 15, 24", "3000, 5, 8"})
    void longCopyNeedsFewWritesAndNoEvents(int minutes, int fewest, int most) {
        var server = sms.server("source-1");
        server.total = 1_000 * GIGA;
        server.state = "replicate";
        server.cycle = "replicating";
        var task = sms.task("source-1");
        task.state = "RUNNING";
        var drive = new SingleRowLoop(testLedger, sms, RowFixtures.policy());
        drive.replicating(Map.of("server_name", "erp-db-02"));
        long writes = testLedger.ledger().writeCount(testLedger.runId());
        int events = testLedger.events().size();
        var latest = drive.observedRows();
        var begin = testLedger.clock().instant();
        var end = begin.plus(Duration.ofMinutes(30));
        var clock = testLedger.clock();

        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, time -> {
            clock.pass(time);
            double share = Duration.between(begin, clock.instant()).toSeconds() / (60.0 * minutes);
            server.copied = (long) (server.total * Math.min(1, share));
            var seconds = Duration.between(begin, clock.instant());
            if (seconds.toMillis() % 600_000 == 0) {
                double shown = testLedger.row(1).observed().share().orElse(0);
                assertThat(share - shown).isLessThan(Math.min(0.06, 340 / (60.0 * minutes)));
                assertThat(latest.get(latest.size() - 1).observed().share().orElseThrow())
                        .isGreaterThan(share - 31 / (60.0 * minutes));
            }
        });

        assertThat(testLedger.ledger().writeCount(testLedger.runId()) - writes).isBetween((long) fewest, (long) most);
        assertThat(testLedger.events()).hasSize(events + 1); // the states of the first observation
        assertThat(latest).hasSizeGreaterThan(55);
    }

    @Test
    void unwrittenProgressIsWrittenAfterStall() {
        var writes = new ProgressWrites(List.of());
        writes.recordWrite(seeing("10 of 100 bytes"), NOW);
        var still = List.of(seeing("12 of 100 bytes"));

        assertThat(writes.due(still, NOW.plusSeconds(30))).isEmpty();
        assertThat(writes.due(still, NOW.plusSeconds(300))).hasSize(1);
    }

    private static LedgerRow seeing(@Nullable String progress) {
        return RowFixtures.row(Stage.REPLICATING)
                .withObserved(new ObservedState("RUNNING", "replicate", "replicating", true, progress, NOW, null));
    }
}
