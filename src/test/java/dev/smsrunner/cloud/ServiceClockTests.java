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
        clock.heard(BEGIN, clock.sent());
        machine.pass(Duration.ofHours(1));

        assertThat(clock.instant()).isEqualTo(BEGIN);
        assertThat(clock.unsure()).isTrue();
    }

    @Test
    void theServiceSaysThatTheClockWasSetWrongly() {
        machine.pass(Duration.ofHours(-1));

        clock.heard(BEGIN, clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN);
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void theServiceSaysThatTheMachineHasSlept() {
        machine.pass(Duration.ofHours(1));

        clock.heard(BEGIN.plusSeconds(3_601), clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(3_600));
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void theServiceIsRightWhenTheClockWasWrongFromTheBeginning() {
        clock.heard(BEGIN.plusSeconds(600), clock.sent());
        assertThat(clock.instant()).isEqualTo(BEGIN);

        clock.heard(BEGIN.plusSeconds(600), clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(600));
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void aClockThatIsSetBackRightIsNotTrustedBeforeTheServiceHasSpoken() {
        machine.pass(Duration.ofHours(1));
        clock.heard(BEGIN, clock.sent());
        machine.pass(Duration.ofHours(-1));

        assertThat(clock.unsure()).isTrue();
        clock.heard(BEGIN, clock.sent());

        assertThat(clock.unsure()).isFalse();
        assertThat(clock.instant()).isEqualTo(BEGIN);
    }

    @Test
    void aClockThatIsCorrectedLittleByLittleIsFollowed() {
        nanos = Duration.ofHours(1).toNanos();
        machine.pass(Duration.ofHours(1).plusSeconds(2));

        clock.heard(BEGIN.plusSeconds(3_602), clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(3_602));
    }

    @Test
    void anAnswerThatWasLongOnItsWaySaysNothing() {
        var sent = clock.sent();
        nanos = Duration.ofMinutes(10).toNanos();
        machine.pass(Duration.ofMinutes(10));

        clock.heard(BEGIN, sent);
        clock.heard(BEGIN, sent);

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(600));
    }

    @Test
    void anAnswerThatTheMachineSleptOverSaysNothing() {
        var sent = clock.sent();
        machine.pass(Duration.ofMinutes(10));

        clock.heard(BEGIN, sent);

        assertThat(clock.unsure()).isFalse();
        clock.heard(BEGIN.plusSeconds(600), clock.sent());
        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(600));
    }

    @Test
    void aClockThatIsSetRightByHalfAMinuteIsFollowedWhenTheServiceAgrees() {
        machine.pass(Duration.ofSeconds(-30));

        clock.heard(BEGIN.minusSeconds(31), clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN.minusSeconds(30));
        assertThat(clock.unsure()).isFalse();
    }

    @Test
    void aRefusalRemindsOfASleepWhenTheMachineAgreesAndOfNothingElse() {
        machine.pass(Duration.ofMinutes(20));
        clock.refused(BEGIN, clock.sent());
        assertThat(clock.instant()).isEqualTo(BEGIN);

        clock.refused(BEGIN.plusSeconds(1_200), clock.sent());

        assertThat(clock.instant()).isEqualTo(BEGIN.plusSeconds(1_200));
    }

    @Test
    void aServiceThatDoesNotTellItsTimeHoldsNothingUp() {
        machine.pass(Duration.ofMinutes(20));
        assertThat(clock.unsure()).isFalse();

        clock.heard(BEGIN, clock.sent());
        machine.pass(Duration.ofMinutes(20));
        assertThat(clock.unsure()).isTrue();
        clock.answered();

        assertThat(clock.unsure()).isFalse();
        assertThat(clock.instant()).isEqualTo(BEGIN);
    }
}
