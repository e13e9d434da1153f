package dev.smsrunner.run.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.cloud.CloudRequest;
import dev.smsrunner.database.Database;
import dev.smsrunner.intent.CallWithheldException;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LeaseHolder;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.run.PreSendGuard;
import dev.smsrunner.scenario.StoryDatabase;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lease of a job: one process at a time, dead holders are replaced. */
abstract class RunLeaseStories {

    private static final String JOB = "job";
    private static final LeaseHolder ELSEWHERE = new LeaseHolder("ops-2", "boot 2", 4711, "2026-11-21T20:00:00Z");

    @TempDir
    private Path directory;

    private Database database;
    private Leases leases;
    private JdbcTemplate jdbc;

    abstract StoryDatabase home();

    @BeforeEach
    void open() {
        var home = home();
        database = Database.open(directory, home.url(), home.environment());
        leases = new Leases(database.source());
        jdbc = new JdbcTemplate(database.source());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void secondProcessIsRefusedWithHolderInMessage() throws InterruptedException {
        try (var first = RunLease.take(database, JOB)) {
            var holder = leases.find(JOB);
            long startedAt = System.nanoTime();

            assertThatThrownBy(() -> RunLease.take(database, JOB))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining(holder.host())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("since " + holder.since().truncatedTo(java.time.temporal.ChronoUnit.SECONDS))
                    .hasMessageContaining("stop");

            assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
            first.check();
            assertThat(leases.find(JOB).token()).isEqualTo(first.token());
        }
    }

    @Test
    void releasedLeaseIsTakenWithNextToken() throws InterruptedException {
        long token;
        try (var first = RunLease.take(database, JOB)) {
            token = first.token();
        }

        try (var second = RunLease.take(database, JOB)) {
            assertThat(second.token()).isEqualTo(token + 1);
        }
    }

    @Test
    void deadLocalHolderIsReplacedAtOnce() throws Exception {
        var here = ProcessIdentity.holder();
        var dead = new ProcessBuilder("true").start();
        dead.waitFor();
        hold(new LeaseHolder(here.host(), here.space(), dead.pid(), here.started()));

        try (var lease = RunLease.take(database, JOB)) {
            lease.check();
            assertThat(leases.find(JOB).pid()).isEqualTo(here.pid());
            assertThat(lease.token()).isEqualTo(2);
        }
    }

    @Test
    void reusedProcessIdIsNotTheHolder() throws InterruptedException {
        var here = ProcessIdentity.holder();
        hold(new LeaseHolder(here.host(), here.space(), here.pid(), "ticks=1"));

        try (var lease = RunLease.take(database, JOB)) {
            lease.check();
        }
    }

    @Test
    void possiblyDeadLocalHolderIsReplacedAfterMissedRenewal() throws InterruptedException {
        var here = ProcessIdentity.holder();
        hold(new LeaseHolder(here.host(), here.space(), here.pid(), "2026-11-21T20:00:00Z")); // of an earlier version
        long startedAt = System.nanoTime();

        try (var lease = RunLease.take(database, JOB)) {
            assertThat(lease.token()).isEqualTo(2);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt))
                .isBetween(Duration.ofMillis(3_500), Duration.ofSeconds(5));
    }

    @Test
    void renewingLocalHolderIsAlive() throws InterruptedException {
        var here = ProcessIdentity.holder();
        hold(new LeaseHolder(here.host(), here.space(), here.pid(), "2026-11-21T20:00:00Z"));
        var renewing = new AtomicBoolean(true);
        var other = renew(renewing, 1);

        assertThatThrownBy(() -> RunLease.take(database, JOB)).isInstanceOf(RefusedException.class);

        renewing.set(false);
        other.join();
        assertThat(leases.find(JOB).token()).isEqualTo(1);
    }

    @Test
    void deadHolderIsReplacedAfterDatabaseClockWasSetBack() throws InterruptedException {
        hold(ELSEWHERE);
        jdbc.update("update lease set held_until = held_until + interval '1' hour");
        long startedAt = System.nanoTime();

        try (var lease = RunLease.take(database, JOB)) {
            assertThat(lease.token()).isEqualTo(2);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void sameProcessIdInAnotherContainerIsElsewhere() throws InterruptedException {
        var here = ProcessIdentity.holder();
        hold(new LeaseHolder(here.host(), "another boot", 1, here.started()));
        var renewing = new AtomicBoolean(true);
        var other = renew(renewing, 1);

        assertThatThrownBy(() -> RunLease.take(database, JOB)).isInstanceOf(RefusedException.class);

        renewing.set(false);
        other.join();
    }

    @Test
    void expiredLeaseOfAnotherMachineIsTaken() throws InterruptedException {
        hold(ELSEWHERE);
        jdbc.update("update lease set held_until = current_timestamp - interval '1' second");

        try (var lease = RunLease.take(database, JOB)) {
            assertThat(lease.token()).isEqualTo(2);
        }
    }

    @Test
    void silentMachineIsReplacedAfterExpiry() throws InterruptedException {
        hold(ELSEWHERE);
        jdbc.update("update lease set held_until = current_timestamp + interval '2' second");
        var until = leases.find(JOB).until();

        try (var lease = RunLease.take(database, JOB)) {
            assertThat(lease.token()).isEqualTo(2);
            assertThat(leases.find(JOB).since()).isAfter(until);
        }
    }

    @Test
    void renewingMachineIsAlive() throws InterruptedException {
        hold(ELSEWHERE);
        var renewing = new AtomicBoolean(true);
        var other = renew(renewing, 1);

        assertThatThrownBy(() -> RunLease.take(database, JOB))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("ops-2, process 4711");

        renewing.set(false);
        other.join();
        assertThat(leases.find(JOB).token()).isEqualTo(1);
    }

    @Test
    void lostLeaseBlocksChangesAndStaysWithNewHolder() throws InterruptedException {
        try (var lease = RunLease.take(database, JOB)) {
            await().until(() -> leases.take(leases.find(JOB), ELSEWHERE)); // it may be renewed just then
            await().atMost(Duration.ofSeconds(30)).until(lease::isLost);

            assertThatThrownBy(lease::check)
                    .isInstanceOf(CallWithheldException.class)
                    .hasMessageContaining("another");
        }
        assertThat(leases.find(JOB).host()).isEqualTo("ops-2");
    }

    @Test
    void callQueuedForAMinuteIsNotSent() throws InterruptedException {
        var book = new TestLedger(database); // not closed, since the database is closed after the test
        try (var lease = RunLease.take(database, JOB)) {
            var cutover = new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null);
            var gate = new PreSendGuard(() -> null, lease, cutover, book.clock(), new CallCancellation());
            var executor =
                    new IntentExecutor(book.ledger(), book.owner(), Runnable::run, () -> null, () -> 10, book.clock());
            var row = book.plan(1).get(0);

            executor.perform(List.of(new MutatingCall(
                    row,
                    Operation.CREATE,
                    "source-1",
                    deadline -> {
                        var request = CloudRequest.write("CreateTask", "POST", "{}", "v3", "tasks")
                                .until(deadline);
                        gate.check(request);
                        book.clock().pass(Duration.ofSeconds(60));
                        gate.check(request);
                        return "task-1";
                    },
                    (then, answer) -> new MutatingCall.RowEffect(then, List.of()))));
        }
        assertThat(book.row(1).call().state()).isEqualTo(CallState.NOT_SENT);
        assertThat(book.ledger().intents(book.runId()))
                .singleElement()
                .satisfies(intent -> assertThat(intent.detail()).contains("the decision is too old"));
    }

    @Test
    void leaseIsRenewedAutomatically() throws InterruptedException {
        try (var lease = RunLease.take(database, JOB)) {
            var until = leases.find(JOB).until();

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> leases.find(JOB).until().isAfter(until));

            lease.check();
        }
    }

    private void hold(LeaseHolder holder) {
        leases.take(leases.find(JOB), holder);
    }

    private Thread renew(AtomicBoolean renewing, long token) {
        var thread = new Thread(() -> {
            while (renewing.get()) {
                leases.renew(JOB, token);
                LockSupport.parkNanos(100_000_000);
            }
        });
        thread.start();
        return thread;
    }
}
