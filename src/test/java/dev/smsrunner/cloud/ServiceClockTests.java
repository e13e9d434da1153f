package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServiceClockTests {

    private static final Instant START = ManualClock.START;

    private final ManualClock machine = new ManualClock();
    private long nanos;
    private final ServiceClock clock = new ServiceClock(machine, () -> nanos);

    @Test
    void aSystemClockChangeDoesNotMoveTheTime() {
        clock.observe(START, clock.sendTime());
        machine.pass(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.isUntrusted()).isTrue();
    }

    @Test
    void serviceDateConfirmsAWrongSystemClock() {
        machine.pass(Duration.ofHours(-1));

        clock.observe(START, clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START);
        assertThat(clock.isUntrusted()).isFalse();
    }

    @Test
    void serviceDateConfirmsASuspend() {
        machine.pass(Duration.ofHours(1));

        clock.observe(START.plusSeconds(3_601), clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3_600));
        assertThat(clock.isUntrusted()).isFalse();
    }

    @Test
    void serviceDateWinsWhenTheClockWasWrongAtTheStart() {
        clock.observe(START.plusSeconds(600), clock.sendTime());
        assertThat(clock.instant()).isEqualTo(START);

        clock.observe(START.plusSeconds(600), clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(600));
        assertThat(clock.isUntrusted()).isFalse();
    }

    @Test
    void aCorrectedClockIsUntrustedUntilTheNextServiceDate() {
        machine.pass(Duration.ofHours(1));
        clock.observe(START, clock.sendTime());
        machine.pass(Duration.ofHours(-1));

        assertThat(clock.isUntrusted()).isTrue();
        clock.observe(START, clock.sendTime());

        assertThat(clock.isUntrusted()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }

    @Test
    void gradualCorrectionIsFollowed() {
        nanos = Duration.ofHours(1).toNanos();
        machine.pass(Duration.ofHours(1).plusSeconds(2));

        clock.observe(START.plusSeconds(3_602), clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3_602));
    }

    @Test
    void aSlowAnswerIsIgnored() {
        var sent = clock.sendTime();
        nanos = Duration.ofMinutes(10).toNanos();
        machine.pass(Duration.ofMinutes(10));

        clock.observe(START, sent);
        clock.observe(START, sent);

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void anAnswerAcrossASuspendIsIgnored() {
        var sent = clock.sendTime();
        machine.pass(Duration.ofMinutes(10));

        clock.observe(START, sent);

        assertThat(clock.isUntrusted()).isFalse();
        clock.observe(START.plusSeconds(600), clock.sendTime());
        assertThat(clock.instant()).isEqualTo(START.plusSeconds(600));
    }

    @Test
    void aSmallCorrectionConfirmedByTheServiceIsFollowed() {
        machine.pass(Duration.ofSeconds(-30));

        clock.observe(START.minusSeconds(31), clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START.minusSeconds(30));
        assertThat(clock.isUntrusted()).isFalse();
    }

    @Test
    void aDeniedRequestRevealsOnlyASuspend() {
        machine.pass(Duration.ofMinutes(20));
        clock.observeRefusal(START, clock.sendTime());
        assertThat(clock.instant()).isEqualTo(START);

        clock.observeRefusal(START.plusSeconds(1_200), clock.sendTime());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(1_200));
    }

    @Test
    void anAnswerWithoutADateResetsTheDoubt() {
        machine.pass(Duration.ofMinutes(20));
        assertThat(clock.isUntrusted()).isFalse();

        clock.observe(START, clock.sendTime());
        machine.pass(Duration.ofMinutes(20));
        assertThat(clock.isUntrusted()).isTrue();
        clock.observeMissingDate();

        assertThat(clock.isUntrusted()).isFalse();
        assertThat(clock.instant()).isEqualTo(START);
    }
}
