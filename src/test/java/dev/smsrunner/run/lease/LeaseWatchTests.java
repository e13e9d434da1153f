package dev.smsrunner.run.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Lease;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decision table of the lease: take, wait or yield. */
class LeaseWatchTests {

    private static final Instant UNTIL = Instant.parse("2026-11-21T22:00:15Z");

    /** A lease that is not renewed. */
    @ParameterizedTest
    @CsvSource({
        // here, holder, expired, watched for ms, verdict
        "true,  GONE,    false,     0, TAKE",
        "true,  ALIVE,   false,     0, WAIT",
        "true,  ALIVE,   false,  3500, WAIT",
        "true,  ALIVE,   false,  3501, YIELD",
        "true,  ALIVE,   false, 60000, YIELD",
        "true,  ALIVE,   true,      0, WAIT",
        "true,  ALIVE,   true,   3501, TAKE",
        "true,  UNKNOWN, false,     0, WAIT",
        "true,  UNKNOWN, false,  3500, WAIT",
        "true,  UNKNOWN, false,  3501, TAKE",
        "false, UNKNOWN, false,  3501, WAIT",
        "false, UNKNOWN, false, 16900, WAIT",
        "false, UNKNOWN, false, 17001, TAKE",
        "false, UNKNOWN, true,      0, WAIT",
        "false, UNKNOWN, true,   3501, TAKE",
    })
    void holderWithoutRenewal(boolean here, Liveness holder, boolean expired, long watched, String verdict) {
        var lease = lease(1, UNTIL, expired);

        assertThat(verdict(new LeaseWatch(lease, lease, Duration.ofMillis(watched), holder, here)))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({"true, ALIVE", "true, UNKNOWN", "false, UNKNOWN"})
    void renewingHolderIsAliveRegardlessOfClocks(boolean here, Liveness holder) {
        for (boolean expired : new boolean[] {false, true}) {
            for (long shift : new long[] {2, -3_600, 3_600}) {
                var renewed = lease(1, UNTIL.plusSeconds(shift), expired);
                var watch = new LeaseWatch(lease(1, UNTIL, true), renewed, Duration.ofHours(1), holder, here);

                assertThat(verdict(watch)).isEqualTo("YIELD");
            }
        }
    }

    @Test
    void newHolderIsRespected() {
        var watch = new LeaseWatch(
                lease(1, UNTIL, true), lease(2, UNTIL, false), Duration.ofSeconds(1), Liveness.UNKNOWN, false);

        assertThat(verdict(watch)).isEqualTo("YIELD");
    }

    @Test
    void holderThatDiedAfterRenewalIsReplaced() {
        var watch = new LeaseWatch(
                lease(1, UNTIL, false), lease(1, UNTIL.plusSeconds(2), false), Duration.ZERO, Liveness.GONE, true);

        assertThat(verdict(watch)).isEqualTo("TAKE");
    }

    @Test
    void releasedLeaseIsTakenAtOnce() {
        var free = new Lease("job", 1, null, null, 0, null, UNTIL, null, false);

        assertThat(verdict(new LeaseWatch(free, free, Duration.ZERO, Liveness.UNKNOWN, false)))
                .isEqualTo("TAKE");
        assertThat(verdict(
                        new LeaseWatch(lease(1, UNTIL, false), free, Duration.ofSeconds(1), Liveness.UNKNOWN, false)))
                .isEqualTo("TAKE");
    }

    private static String verdict(LeaseWatch watch) {
        assertThat(watch.mayTake() && watch.isHeld()).isFalse();
        return watch.mayTake() ? "TAKE" : watch.isHeld() ? "YIELD" : "WAIT";
    }

    private static Lease lease(long token, Instant until, boolean expired) {
        return new Lease("job", token, "ops-1", "space", 4711, "ticks=1", UNTIL, until, expired);
    }
}
