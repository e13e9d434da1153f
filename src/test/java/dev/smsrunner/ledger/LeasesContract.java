package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Contract of the leases on every database. */
abstract class LeasesContract {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final LeaseHolder HOLDER = new LeaseHolder("host-a", "space-1", 4711, "2026-11-21T21:00:00Z");
    private static final LeaseHolder OTHER = new LeaseHolder("host-b", "space-2", 42, "2026-11-21T21:30:00Z");

    private Leases leases;
    private String name;

    /** Database of the test class. */
    abstract Database database();

    @BeforeEach
    void aNameOfItsOwn() {
        leases = new Leases(database().source());
        name = "lease-" + COUNT.incrementAndGet();
    }

    @Test
    void newLeaseIsFree() {
        var lease = leases.find(name);

        assertThat(lease.isFree()).isTrue();
        assertThat(lease.token()).isZero();
        assertThat(lease.host()).isNull();
    }

    @Test
    void takenLeaseHasHolderAndNextToken() {
        assertThat(leases.take(leases.find(name), HOLDER)).isTrue();

        var lease = leases.find(name);
        assertThat(lease.isFree()).isFalse();
        assertThat(lease.token()).isEqualTo(1);
        assertThat(lease.host()).isEqualTo("host-a");
        assertThat(lease.space()).isEqualTo("space-1");
        assertThat(lease.pid()).isEqualTo(4711);
        assertThat(lease.processStarted()).isEqualTo("2026-11-21T21:00:00Z");
        assertThat(lease.until()).isEqualTo(lease.since().plusSeconds(15));
    }

    @Test
    void changedLeaseIsNotTaken() {
        var found = leases.find(name);
        leases.take(found, HOLDER);

        assertThat(leases.take(found, OTHER)).isFalse();
        assertThat(leases.find(name).host()).isEqualTo("host-a");
    }

    @Test
    void renewalBetweenReadAndTakeWins() {
        leases.take(leases.find(name), HOLDER);
        age("16");
        var found = leases.find(name);
        assertThat(found.expired()).isTrue();

        leases.renew(name, 1);

        assertThat(leases.take(found, OTHER)).isFalse();
        assertThat(leases.find(name).isFree()).isFalse();
    }

    @Test
    void expiredLeaseIsTakenWithHigherToken() {
        leases.take(leases.find(name), HOLDER);
        age("16");

        assertThat(leases.take(leases.find(name), OTHER)).isTrue();
        assertThat(leases.find(name).token()).isEqualTo(2);
        assertThat(leases.find(name).host()).isEqualTo("host-b");
    }

    @Test
    void leaseBeyondMaximumCountsAsExpired() {
        leases.take(leases.find(name), HOLDER);
        age("-3600"); // the clock of the database was set back by an hour
        var found = leases.find(name);
        assertThat(found.expired()).isTrue();

        leases.renew(name, 1);

        assertThat(leases.find(name).expired()).as("its holder lives").isFalse();
        assertThat(leases.take(found, OTHER)).isFalse();
    }

    @Test
    void holderWithMissedRenewalIsReplaced() {
        leases.take(leases.find(name), HOLDER);
        var found = leases.find(name);

        assertThat(found.expired()).isFalse();
        assertThat(leases.take(found, OTHER)).isTrue();
        assertThat(leases.renew(name, 1)).as("the first one's").isFalse();
        assertThat(leases.find(name).host()).isEqualTo("host-b");
    }

    @Test
    void onlyHolderRenewsTheLease() {
        leases.take(leases.find(name), HOLDER);
        age("10");
        var before = leases.find(name).until();

        assertThat(leases.renew(name, 1)).isTrue();
        assertThat(leases.find(name).until()).isAfter(before);
        assertThat(leases.renew(name, 0)).isFalse();
        assertThat(leases.renew(name, 2)).isFalse();
    }

    @Test
    void releasedLeaseIsFreeAndKeepsItsToken() {
        leases.take(leases.find(name), HOLDER);

        leases.release(name, 1);

        assertThat(leases.find(name).isFree()).isTrue();
        assertThat(leases.find(name).token()).isEqualTo(1);
        assertThat(leases.take(leases.find(name), OTHER)).isTrue();
        assertThat(leases.find(name).token()).isEqualTo(2);
    }

    @Test
    void onlyHolderReleasesTheLease() {
        leases.take(leases.find(name), HOLDER);

        leases.release(name, 0);

        assertThat(leases.find(name).host()).isEqualTo("host-a");
    }

    @Test
    void oneOfEightConcurrentTakesWins() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 1; round <= 20; round++) {
                var race = name + "-" + round;
                assertThat(winners(threads.invokeAll(racers(race))))
                        .as("round %d", round)
                        .isEqualTo(1);
                assertThat(leases.find(race).token()).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void eightConcurrentAddsSucceed() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        var barrier = new CyclicBarrier(8);
        var looks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
            looks.add(() -> {
                barrier.await();
                return leases.find(name + "-new").isFree();
            });
        }
        try {
            assertThat(winners(threads.invokeAll(looks))).isEqualTo(8);
        } finally {
            threads.shutdownNow();
        }
    }

    private List<Callable<Boolean>> racers(String race) {
        var found = leases.find(race);
        var barrier = new CyclicBarrier(8);
        var racers = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 8; i++) {
            var holder = new LeaseHolder("host-" + i, "space", i, "now");
            racers.add(() -> {
                barrier.await();
                return leases.take(found, holder);
            });
        }
        return racers;
    }

    private static long winners(List<Future<Boolean>> tries) throws InterruptedException, ExecutionException {
        long won = 0;
        for (var one : tries) {
            won += one.get() ? 1 : 0;
        }
        return won;
    }

    /** Ages the lease by some seconds. */
    private void age(String seconds) {
        new JdbcTemplate(database().source())
                .update(
                        "update lease set held_until = held_until - interval '" + seconds + "' second where name = ?",
                        name);
    }
}
