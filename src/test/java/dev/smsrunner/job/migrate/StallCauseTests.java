package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.ObservationBuilder;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Causes of a stall, and the copy rates behind them. */
class StallCauseTests {

    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final StallPolicy STALL_POLICY = StallPolicy.ofMigration(RowFixtures.policy());
    private static final long GIGA = 1_000_000_000L;

    private final CopyRates rates = new CopyRates(RowFixtures.STALLED);
    private Instant at = NOW;
    private CopyRate rate = CopyRate.NONE;
    private long copied;

    /** Minutes since the last change, since the complete copy, and since the slow copy. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            0  | -  | -  | on  | -                   | -
            29 | -  | -  | on  | -                   | -
            30 | -  | -  | on  | stalled: no change  | stalled: no byte is copied since -30 though the agent is connected
            30 | -  | -  | -   | -                   | stalled: no byte is copied since -30
            30 | -  | 40 | on  | -                   | stalled: no byte is copied since -30 though the agent is connected
            29 | -  | 40 | on  | -                   | slow: since -40, 0.8 Mbit/s when it was noticed, its median rate is 8.0 Mbit/s
            0  | 29 | -  | on  | -                   | -
            0  | 30 | -  | on  | -                   | not in sync: all bytes are copied since -30
            30 | 30 | -  | on  | stalled: no change  | not in sync: all bytes are copied since -30
            30 | 29 | -  | on  | stalled: no change  | stalled: no change
            30 | -  | -  | off | the agent is away   | the agent is away
            29 | -  | 40 | on  | the agent is away   | the agent is away
            """)
    void causeIsTheAttention(
            int still,
            @Nullable Integer full,
            @Nullable Integer slow,
            @Nullable String agent,
            @Nullable String attention,
            @Nullable String expected) {
        var observed =
                RowFixtures.seeing("RUNNING", "replicate", "replicating", agent == null ? null : agent.equals("on"));
        var known = new CopyRate(
                new ObservedState.Bytes(1, 2),
                ago(still),
                full == null ? null : ago(full),
                slow == null ? null : new CopyRate.SlowCopy(ago(slow), 100_000, 1_000_000));

        var wait = (Decision.Wait) StallCause.explain(
                new Decision.Wait(Stage.REPLICATING, attention),
                observed,
                known,
                STALL_POLICY,
                NOW,
                time -> "-" + Duration.between(time, NOW).toMinutes());

        assertThat(wait.attention()).isEqualTo(expected);
    }

    @Test
    void otherDecisionsAreUnchanged() {
        var known = new CopyRate(new ObservedState.Bytes(1, 2), ago(60), null, null);
        var observed = RowFixtures.seeing("RUNNING", "replicate", "replicating");

        assertThat(StallCause.explain(new Decision.Confirm(), observed, known, STALL_POLICY, NOW, Instant::toString))
                .isEqualTo(new Decision.Confirm());
    }

    @Test
    void copyIsSlowBelowOneFifthUntilTwoFifthsOfMedian() {
        var random = new Random(1);
        copy(60, () -> (8 + random.nextInt(5)) * GIGA);
        assertThat(rate.slow()).isNull();

        copy(20, () -> 25 * GIGA / 10);
        assertThat(rate.slow()).isNull(); // a quarter
        copy(20, () -> GIGA);
        assertThat(rate.slow()).isNotNull();
        var slow = rate.slow();
        assertThat(slow.median()).isBetween(9.0 * GIGA / 30, 11.0 * GIGA / 30);
        assertThat(slow.rate()).isLessThan(0.2 * slow.median());
        copy(300, () -> GIGA);
        assertThat(rate.slow()).isEqualTo(slow); // for hours; the slow rate never becomes the median
        copy(20, () -> 3 * GIGA);
        assertThat(rate.slow()).isEqualTo(slow);
        copy(20, () -> 10 * GIGA);
        assertThat(rate.slow()).isNull();
    }

    @Test
    void constantlySlowServerIsNotSlow() {
        copy(300, () -> 1000);

        assertThat(rate.slow()).isNull();
    }

    @Test
    void disconnectRestartAndEndOfCopyAreNotSlow() {
        copy(60, () -> 10 * GIGA);
        for (int wait = 0; wait < 30; wait++) {
            look(false);
        }
        assertThat(rate.slow()).isNull();
        copy(60, () -> 10 * GIGA);
        copied = GIGA;
        copy(20, () -> 10 * GIGA);
        assertThat(rate.slow()).isNull();

        copied = total();
        copy(60, () -> 0);
        assertThat(rate.slow()).isNull();
        assertThat(rate.full()).isEqualTo(rate.still());
        assertThat(rates.measure(1, RowFixtures.seeing("SYNCING", "syncing", "syncing")))
                .isEqualTo(CopyRate.NONE);
    }

    private void copy(int looks, java.util.function.LongSupplier bytes) {
        for (int wait = 0; wait < looks; wait++) {
            copied += bytes.getAsLong();
            look(true);
        }
    }

    private void look(boolean connected) {
        at = at.plus(EVERY);
        var observed = RowFixtures.seeing("RUNNING", "replicate", "replicating", connected);
        var said = new ObservedState(
                "RUNNING",
                "replicate",
                "replicating",
                connected,
                copied + " of " + total() + " bytes, MIGRATE-" + copied,
                null,
                null);
        rate = rates.measure(
                1,
                ObservationBuilder.builder(observed)
                        .observedAt(at)
                        .taskId(RowFixtures.TASK)
                        .states(said)
                        .build());
    }

    private static long total() {
        return 1_000_000 * GIGA;
    }

    private static Instant ago(int minutes) {
        return NOW.minus(Duration.ofMinutes(minutes));
    }
}
