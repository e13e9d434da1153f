package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.SingleRowLoop;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unreachable service: other processes read the start of the outage from the ledger. */
class ServiceOutageTests {

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
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
        var server = sms.server("source-1");
        server.state = "replicate";
        server.cycle = "replicating";
        sms.task("source-1").state = "RUNNING";
        drive = new SingleRowLoop(testLedger, sms, RowFixtures.policy());
        drive.replicating(Map.of("server_name", "erp-db-02"));
    }

    @Test
    void outageBelowOneMinuteIsNotReported() {
        observeFor(2, 0);
        observeFor(2, 2);

        assertThat(reports()).isEmpty();
    }

    @Test
    void longOutageAndItsEndAreReportedOnce() {
        observeFor(2, 0);
        int events = testLedger.events().size();
        var begin = testLedger.clock().instant();

        var known = observeFor(20, 30);

        assertThat(known).containsExactlyInAnyOrder(null, begin);
        assertThat(reports())
                .containsExactly(
                        "SERVICE AWAY: since %s: %s"
                                .formatted(
                                        begin, Failures.notSent("ListServers").getMessage()),
                        "SERVICE BACK: the service was away since " + begin);
        assertThat(testLedger.events()).hasSize(events + 2); // no event of the row
        assertThat(awaySince()).isNull();

        observeFor(4, 5);
        assertThat(reports()).hasSize(4);
    }

    @Test
    void nextProcessReportsOnlyTheEnd() {
        observeFor(2, 0);
        var begin = testLedger.clock().instant();
        observeFor(3, 20);
        assertThat(awaySince()).isEqualTo(begin);

        testLedger.clock().pass(Duration.ofHours(1));
        var known = observeFor(5, 0);

        assertThat(known).containsExactly(begin);
        assertThat(reports()).hasSize(1);

        observeFor(4, 0);
        assertThat(awaySince()).isNull();
        assertThat(reports()).hasSize(2);
    }

    /**
     * Runs a process for some minutes while some observations fail. Returns the outage starts that the ledger showed
     * meanwhile.
     */
    private Set<@Nullable Instant> observeFor(int minutes, int failing) {
        for (int wait = 0; wait < failing; wait++) {
            sms.refuse("ListServers", Failures.notSent("ListServers"));
        }
        var clock = testLedger.clock();
        var end = clock.instant().plus(Duration.ofMinutes(minutes));
        var known = new HashSet<@Nullable Instant>();
        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, sleeper -> {
            clock.pass(sleeper);
            if (clock.instant().toEpochMilli() % 10_000 == 0) {
                known.add(awaySince());
            }
        });
        return known;
    }

    private @Nullable Instant awaySince() {
        return testLedger.ledger().activeControls(testLedger.runId()).serviceAwaySince();
    }

    private List<String> reports() {
        var reports = new ArrayList<String>();
        for (Event event : testLedger.events()) {
            if (event.kind() == EventKind.RUN) {
                reports.add(event.after() + ": " + event.detail());
            }
        }
        return reports;
    }
}
