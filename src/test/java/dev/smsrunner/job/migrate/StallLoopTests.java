package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stalled or slow copy: the run reports each cause once. */
class StallLoopTests {

    private static final long MEGA = 1_000_000L;

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private FakeSms.Server server;
    private FakeSms.Task task;
    private TestLedger testLedger;
    private SingleRowLoop drive;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void aServerThatCopies() {
        testLedger = new TestLedger(database);
        server = sms.server("source-1");
        server.total = 1_000_000 * MEGA;
        server.copied = 0L;
        server.state = "replicate";
        server.cycle = "replicating";
        task = sms.task("source-1");
        task.state = "RUNNING";
        drive = new SingleRowLoop(testLedger, sms, RowFixtures.policy());
        drive.replicating(Map.of("server_name", "erp-db-02"));
    }

    @Test
    void slowThenStalledCopyIsReportedOnceEach() {
        var said = copy(new Phase(30, 100), new Phase(120, 5), new Phase(60, 0), new Phase(60, 0), new Phase(60, 100));

        assertThat(said.get(0)).isNull();
        assertThat(said.get(1))
                .matches("slow: since 20\\d\\d-.* \\+00:00, .* when it was noticed, its median rate is 800.0 Mbit/s");
        assertThat(said.get(2))
                .startsWith("stalled: no byte is copied since ")
                .endsWith(" though the agent is connected");
        assertThat(said.get(3)).isEqualTo(said.get(2));
        assertThat(said.get(4)).isNull();
        assertThat(reports()).hasSizeBetween(3, 4); // it may be slow for a moment when it continues
    }

    @Test
    void completeCopyWithoutSyncIsReported() {
        server.copied = server.total;
        copy(29, 0);
        assertThat(testLedger.row(1).attention()).isNull();

        copy(90, 0);
        assertThat(testLedger.row(1).attention()).startsWith("not in sync: all bytes are copied since ");
        assertThat(reports()).hasSize(1);
    }

    @Test
    void taskPausedForOverSpeedIsQueriedOnceWithRemedy() {
        task.state = "ABORT";
        server.state = "stopped";
        task.error = "{\"error_code\":\"SMS.9007\",\"error_param\":\"\"}";

        copy(30, 0);

        assertThat(testLedger.row(1).attention())
                .isEqualTo("over speed: SMS paused the task (SMS.9007)."
                        + " Raise speed_limit or over_speed_threshold, then start it");
        assertThat(queries()).isEqualTo(1);

        task.state = "RUNNING";
        server.state = "replicate";
        copy(5, 100);
        assertThat(testLedger.row(1).attention()).isNull();
        task.state = "ABORT";
        server.state = "stopped";
        task.error = null;
        copy(10, 0);

        assertThat(testLedger.row(1).attention()).startsWith("paused, not by this run: ");
        assertThat(queries()).isEqualTo(2);
        assertThat(sms.changes()).isEmpty();
    }

    private long queries() {
        return sms.calls().stream().filter(call -> call.startsWith("ShowTask")).count();
    }

    private List<Event> reports() {
        return testLedger.events().stream()
                .filter(event -> event.kind() == EventKind.ATTENTION)
                .toList();
    }

    /** Some minutes with a copy rate in megabytes per second. */
    private record Phase(int minutes, long megabytes) {}

    private void copy(int minutes, long megabytes) {
        copy(new Phase(minutes, megabytes));
    }

    /** Runs a process meanwhile. Returns the attention at the end of each phase. */
    private List<@Nullable String> copy(Phase... phases) {
        var clock = testLedger.clock();
        var left = new ArrayDeque<>(List.of(phases));
        var said = new ArrayList<@Nullable String>();
        var begin = new Instant[] {clock.instant()};
        drive.run(() -> left.isEmpty() ? StopSignal.Reason.STOPPED : null, sleeper -> {
            clock.pass(sleeper);
            var phase = left.getFirst();
            server.copied += phase.megabytes() * MEGA * sleeper.toMillis() / 1000;
            if (!clock.instant().isBefore(begin[0].plus(Duration.ofMinutes(phase.minutes())))) {
                said.add(testLedger.row(1).attention());
                begin[0] = clock.instant();
                left.removeFirst();
            }
        });
        return said;
    }
}
