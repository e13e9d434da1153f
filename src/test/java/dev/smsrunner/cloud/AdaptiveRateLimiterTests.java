package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

/** Blocking behaviour with real threads and a clock that advances instead of waiting. */
class AdaptiveRateLimiterTests {

    private final AtomicLong clock = new AtomicLong(-5);

    private void jump(Condition signal, long nanos) {
        clock.addAndGet(nanos);
    }

    private AdaptiveRateLimiter limiter(double perSecond) {
        return new AdaptiveRateLimiter(RateEstimator.fixed(perSecond), clock::get, this::jump);
    }

    @Test
    void callsGoOutEvenlySpaced() throws InterruptedException {
        AdaptiveRateLimiter limiter = limiter(10);
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            limiter.acquire(Priority.MUTATION);
            times.add(clock.get());
        }

        for (int i = 1; i < 50; i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(80_000_000L, 120_000_000L);
        }
        assertThat(limiter.calls()).isEqualTo(50);
    }

    @Test
    void manyThreadsTogetherKeepToTheRate() throws InterruptedException {
        AdaptiveRateLimiter limiter = limiter(100);
        ExecutorService threads = Executors.newFixedThreadPool(32);
        CountDownLatch done = new CountDownLatch(500);
        for (int i = 0; i < 500; i++) {
            threads.submit(() -> {
                limiter.acquire(Priority.MUTATION);
                done.countDown();
                return null;
            });
        }
        done.await();
        threads.shutdown();

        assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        assertThat(clock.get() / 1e9).isBetween(4.8, 5.1);
    }

    @Test
    void sweepsGetATenthWhileMutationsWait() throws InterruptedException {
        CountDownLatch allQueued = new CountDownLatch(1);
        AdaptiveRateLimiter limiter = new AdaptiveRateLimiter(RateEstimator.fixed(100), clock::get, (signal, nanos) -> {
            if (allQueued.getCount() > 0) {
                signal.awaitNanos(1_000_000);
            } else {
                clock.addAndGet(nanos);
            }
        });
        limiter.acquire(Priority.MUTATION);
        Map<Long, Priority> order = new ConcurrentSkipListMap<>(); // by call id: ids count up
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Priority priority = i < 10 ? Priority.SWEEP : Priority.MUTATION;
            threads.add(new Thread(() -> {
                try {
                    order.put(limiter.acquire(priority), priority);
                } catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        threads.forEach(Thread::start);
        while (limiter.waiting() < 40) {
            Thread.onSpinWait();
        }
        allQueued.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(order).hasSize(40);
        assertThat(order.values().stream()
                        .limit(30)
                        .filter(Priority.SWEEP::equals)
                        .count())
                .isBetween(2L, 4L);
    }

    @Test
    void retryAfterDelaysAllCallsByAtMostFifteenMinutes() throws InterruptedException {
        AdaptiveRateLimiter limiter = limiter(10);
        long call = limiter.acquire(Priority.MUTATION);
        limiter.recordAnswer(call, true, Duration.ofDays(3), null);
        long startedAt = clock.get();

        limiter.acquire(Priority.MUTATION);

        assertThat(Duration.ofNanos(clock.get() - startedAt))
                .isBetween(Duration.ofSeconds(890), Duration.ofSeconds(901));
        assertThat(limiter.throttledCalls()).isEqualTo(1);
    }

    @Test
    void anInterruptedCallerLeavesTheQueue() throws InterruptedException {
        AdaptiveRateLimiter limiter = limiter(10);
        limiter.acquire(Priority.MUTATION);
        Thread.currentThread().interrupt();

        assertThat(catchThrowable(() -> limiter.acquire(Priority.MUTATION))).isInstanceOf(InterruptedException.class);
        limiter.acquire(Priority.SWEEP);
        assertThat(limiter.calls()).isEqualTo(2);
    }

    @Test
    void fixedRejectsAnInvalidRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdaptiveRateLimiter.fixed(0))
                .withMessageContaining("limits.requests-per-second");
        assertThatIllegalArgumentException().isThrownBy(() -> AdaptiveRateLimiter.fixed(Double.NaN));
    }
}
