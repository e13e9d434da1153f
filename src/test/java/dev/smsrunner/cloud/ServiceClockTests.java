package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ServiceClockTests {

    private static final Instant BEGIN = ManualClock.START;

    private final ManualClock machine = new ManualClock();
    private long nanos;
    private final ServiceClock clock = new ServiceClock(machine, () -> nanos);

    @Test
    void aClockThatIsSetDoesNotMoveTheTime() {
        machine.pass(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(BEGIN);
        assertThat(clock.unsure()).isTrue();
    }

    @Test
    void theServiceSaysThatTheClockWasSetWrongly() {
        machine.pass(Duration.ofHours(-1));

        clock.heard(BEGIN);

        assertThat(clock.instant()).isEqualTo(BEGIN);
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void theServiceSaysThatTheMachineHasSlept() {
        machine.pass(Duration.ofHours(1));

        clock.heard(BEGIN.plusSeconds(3_601));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(3_600));
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void theServiceIsRightWhenTheClockWasWrongFromTheBeginning() {
        clock.heard(BEGIN.plusSeconds(600));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(600));
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void aClockThatIsSetBackRightIsNotTrustedBeforeTheServiceHasSpoken() {
        machine.pass(Duration.ofHours(1));
        clock.heard(BEGIN);
        machine.pass(Duration.ofHours(-1));

        assertThat(clock.unsure()).isTrue();
        clock.heard(BEGIN);

        assertThat(clock.unsure()).isFalse();
        assertThat(clock.instant()).isEqualTo(BEGIN);
    }

    @Test
    void aClockThatIsCorrectedLittleByLittleIsFollowed() {
        nanos = Duration.ofHours(1).toNanos();
        machine.pass(Duration.ofHours(1).plusSeconds(2));

        clock.heard(BEGIN.plusSeconds(3_602));

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(3_602));
    }
}
