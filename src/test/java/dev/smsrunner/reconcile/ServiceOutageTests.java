package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
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

/** A service that cannot be looked at for a while: other processes read since when from the ledger. */
class ServiceOutageTests {

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private TestLedger book;
    private DriveOfOne drive;

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
        book = new TestLedger(database);
        var server = sms.server("source-1");
        server.state = "replicate";
        server.cycle = "replicating";
        sms.task("source-1").state = "RUNNING";
        drive = new DriveOfOne(book, sms, RowFixtures.policy());
        drive.replicating(Map.of("server_name", "erp-db-02"));
    }

    @Test
    void anOutageOfLessThanAMinuteIsNotTold() {
        lookFor(2, 0);
        lookFor(2, 2);

        assertThat(told()).isEmpty();
    }

    @Test
    void aLongerOneIsToldOnceAndSoIsItsEnd() {
        lookFor(2, 0);
        int events = book.events().size();
        var begin = book.clock().instant();

        var known = lookFor(20, 30);

        assertThat(known).containsExactlyInAnyOrder(null, begin);
        assertThat(told())
                .containsExactly(
                        "SERVICE AWAY: since %s: %s"
                                .formatted(
                                        begin, Failures.notSent("ListServers").getMessage()),
                        "SERVICE BACK: it was away since " + begin);
        assertThat(book.events()).hasSize(events + 2); // and nothing of the row
        assertThat(awaySince()).isNull();

        lookFor(4, 5);
        assertThat(told()).hasSize(4);
    }

    @Test
    void anotherProcessFindsItBackAndDoesNotTellItAgain() {
        lookFor(2, 0);
        var begin = book.clock().instant();
        lookFor(3, 20);
        assertThat(awaySince()).isEqualTo(begin);

        book.clock().pass(Duration.ofHours(1));
        var known = lookFor(5, 0);

        assertThat(known).containsExactly(begin);
        assertThat(told()).hasSize(1);

        lookFor(4, 0);
        assertThat(awaySince()).isNull();
        assertThat(told()).hasSize(2);
    }

    /** A process that looks for so many minutes while so many looks fail; what the ledger said of the service meanwhile. */
    private Set<@Nullable Instant> lookFor(int minutes, int failing) {
        for (int look = 0; look < failing; look++) {
            sms.refuse("ListServers", Failures.notSent("ListServers"));
        }
        var clock = book.clock();
        var end = clock.instant().plus(Duration.ofMinutes(minutes));
        var known = new HashSet<@Nullable Instant>();
        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, nap -> {
            clock.pass(nap);
            if (clock.instant().toEpochMilli() % 10_000 == 0) {
                known.add(awaySince());
            }
        });
        return known;
    }

    private @Nullable Instant awaySince() {
        return book.ledger().steering(book.runId()).serviceAwaySince();
    }

    private List<String> told() {
        var told = new ArrayList<String>();
        for (Event event : book.events()) {
            if (event.kind() == EventKind.RUN) {
                told.add(event.after() + ": " + event.detail());
            }
        }
        return told;
    }
}
