package dev.smsrunner.cloud;

import static dev.smsrunner.cloud.CallLog.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.VirtualService.Limiter;
import dev.smsrunner.cloud.VirtualService.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Throughput goals in virtual time: at least nine tenths of an unknown limit, and hardly a throttled call once the limit is known. */
class RateEstimatorTests {

    /** Number of random seeds per limiter, limit and delay; {@code -Dpace.seeds=20} for a thorough test. */
    private static final int SEEDS = Integer.getInteger("pace.seeds", 2);

    static Stream<Arguments> unknownLimits() {
        return Arrays.stream(Limiter.values())
                .flatMap(limiter -> DoubleStream.of(2, 5, 20, 100)
                        .boxed()
                        .flatMap(limit ->
                                LongStream.of(5, 60).boxed().map(latency -> Arguments.of(limiter, limit, latency))));
    }

    @ParameterizedTest
    @MethodSource("unknownLimits")
    void findsAnUnknownLimitAndStaysJustBelow(Limiter limiter, double limit, long latencyMillis) {
        double[] shares = IntStream.range(0, SEEDS)
                .mapToDouble(seed -> {
                    VirtualService service =
                            new VirtualService(limiter, limit, RateEstimator.auto(), latencyMillis, seed);
                    service.callers(64);
                    service.runUntil(10);
                    Tally tally = service.runUntil(190);
                    assertThat(tally.perSecond())
                            .as("calls per second, seed %d", seed)
                            .isGreaterThanOrEqualTo(0.9 * limit);
                    return tally.refusedShare();
                })
                .toArray();

        // at two calls a second one more throttled call is a third of a percent; windows aligned to the clock cost one
        // more
        double maxShare = limiter == Limiter.FIXED_WINDOW && limit < 5 ? 0.015 : 0.01;
        assertThat(Arrays.stream(shares).average().orElseThrow()).as("refused").isLessThanOrEqualTo(maxShare);
    }

    @ParameterizedTest
    @EnumSource(
            value = Limiter.class,
            names = {"SLIDING_WINDOW", "SLIDING_WINDOW_COUNTING_REFUSED", "TOKEN_BUCKET"})
    void slowStartReachesTheLimitQuickly(Limiter limiter) {
        for (double limit : new double[] {5, 20, 100}) {
            VirtualService service = new VirtualService(limiter, limit, RateEstimator.auto(), 20, 7);
            service.callers(64);

            Tally tally = service.runUntilAccepted((int) (60 * limit));

            assertThat(tally.seconds()).as("limit %.0f", limit).isLessThan(66);
        }
    }

    static Stream<Arguments> firstSeconds() {
        Stream<Arguments> low = Arrays.stream(Limiter.values())
                .flatMap(limiter ->
                        DoubleStream.of(1, 2, 5, 10, 20, 50).mapToObj(limit -> Arguments.of(limiter, limit)));
        Stream<Arguments> high = Stream.of(Limiter.SLIDING_WINDOW, Limiter.TOKEN_BUCKET, Limiter.TOKEN_BUCKET_SMALL)
                .flatMap(limiter -> DoubleStream.of(100, 1000).mapToObj(limit -> Arguments.of(limiter, limit)));
        return Stream.concat(low, high);
    }

    @ParameterizedTest
    @MethodSource("firstSeconds")
    void learnsAnUnknownLimitInFiveSecondsWithFiveThrottledCalls(Limiter limiter, double limit) {
        for (int seed = 0; seed < SEEDS; seed++) {
            RateEstimator estimator = RateEstimator.auto();
            VirtualService service = new VirtualService(limiter, limit, estimator, 5, seed);
            service.callers(64);

            Tally first = service.runUntil(5);
            Tally next = service.runUntil(25);

            assertThat(first.refused()).as("throttled, seed %d", seed).isLessThanOrEqualTo(5);
            assertThat(estimator.rate()).as("rate, seed %d", seed).isBetween(0.85 * limit, 2 * limit);
            assertThat(next.perSecond()).as("calls per second, seed %d", seed).isGreaterThanOrEqualTo(0.9 * limit);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20, 60})
    void aHundredCreatesAndStartsTakeLessThanOneAndAHalfSecondsWhereThereIsNoLimit(long latencyMillis) {
        VirtualService service =
                new VirtualService(Limiter.SLIDING_WINDOW, 1e9, RateEstimator.auto(), latencyMillis, 3);
        service.callers(64);

        Tally tally = service.runUntilAccepted(203);

        assertThat(tally.seconds()).isLessThan(1.5);
        assertThat(tally.refused()).isZero();
    }

    @Test
    void followsALimitThatFallsAndRises() {
        VirtualService service = new VirtualService(Limiter.SLIDING_WINDOW, 50, RateEstimator.auto(), 30, 3);
        service.callers(64);
        service.runUntil(60);

        service.limit(20);
        service.runUntil(90);
        Tally low = service.runUntil(120);
        service.limit(60);
        service.runUntil(240);
        Tally high = service.runUntil(300);

        assertThat(low.perSecond()).isBetween(17.0, 20.0);
        assertThat(low.refusedShare()).isLessThan(0.02);
        assertThat(high.perSecond()).isGreaterThan(50);
    }

    @Test
    void growsFreelyWhereThereIsNoLimit() {
        VirtualService service = new VirtualService(Limiter.SLIDING_WINDOW, 1e9, RateEstimator.auto(), 30, 3);
        service.callers(64);

        Tally tally = service.runUntil(20);

        assertThat(tally.refused()).isZero();
        assertThat(tally.perSecond()).isGreaterThan(500);
    }

    @Test
    void doesNotGrowWithoutDemand() {
        RateEstimator estimator = RateEstimator.auto();
        for (int i = 0; i < 100; i++) {
            long now = i * SECOND;
            estimator.recordAnswer(estimator.issue(now), now + SECOND / 20, false, 0, null);
        }

        assertThat(estimator.rate()).isEqualTo(SlowStart.FIRST_RATE);
    }

    @Test
    void aLimitNamedByTheServiceIsAdopted() {
        VirtualService service = new VirtualService(Limiter.SLIDING_WINDOW, 0, RateEstimator.auto(), 30, 3);
        service.announced = new RateLimitWindow(30, Duration.ofMinutes(1));
        service.callers(64);
        service.runUntil(61);

        Tally tally = service.runUntil(1261);

        assertThat(tally.perSecond()).isBetween(0.45, 0.5);
        assertThat(tally.refusedShare()).isLessThanOrEqualTo(0.01);
    }

    @Test
    void aRequestedPauseIsKept() {
        RateEstimator estimator = RateEstimator.auto();
        long call = estimator.issue(0);

        estimator.recordAnswer(call, SECOND / 10, true, 7 * SECOND, null);

        assertThat(estimator.nextAt(SECOND / 10)).isGreaterThanOrEqualTo(7 * SECOND + SECOND / 10);
    }

    @Test
    void requestedPausesDoNotReduceTheThroughput() {
        VirtualService service = new VirtualService(Limiter.SLIDING_WINDOW, 20, RateEstimator.auto(), 30, 3);
        service.retryAfter = SECOND;
        service.callers(64);
        service.runUntil(10);

        Tally tally = service.runUntil(190);

        assertThat(tally.perSecond()).isGreaterThan(18);
        assertThat(tally.refusedShare()).isLessThan(0.01);
    }

    @Test
    void aFixedRateBelowTheLimitIsKept() {
        VirtualService service = new VirtualService(Limiter.SLIDING_WINDOW, 20, RateEstimator.fixed(10), 30, 3);
        service.callers(64);

        Tally tally = service.runUntil(60);

        assertThat(tally.perSecond()).isBetween(9.8, 10.2);
        assertThat(tally.refused()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Limiter.class)
    void aFixedRateAtTheLimitIsAlmostKept(Limiter limiter) {
        VirtualService service = new VirtualService(limiter, 20, RateEstimator.fixed(20), 30, 3);
        service.callers(64);

        Tally tally = service.runUntil(120);
        assertThat(tally.perSecond()).isBetween(19.0, 20.0);
        assertThat(tally.refusedShare()).isLessThan(0.01);
    }

    @ParameterizedTest
    @EnumSource(Limiter.class)
    void aFixedRateAboveTheLimitIsLowered(Limiter limiter) {
        VirtualService service = new VirtualService(limiter, 20, RateEstimator.fixed(40), 30, 3);
        service.callers(64);

        Tally tally = service.runUntil(120);
        assertThat(tally.perSecond()).isBetween(19.0, 20.2);
        assertThat(tally.refusedShare()).isLessThan(0.01);
    }

    @Test
    void callsNeverGoOutInABurst() {
        RateEstimator estimator = RateEstimator.fixed(20);
        estimator.issue(0);
        long now = 60 * SECOND;
        int burst = 0;
        while (estimator.nextAt(now) <= now) {
            estimator.issue(now);
            burst++;
        }

        assertThat(burst).isLessThanOrEqualTo(2);
    }
}
