package dev.smsrunner.job.changestate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.ServiceSettings.CopystateStyle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both vocabularies of the page. */
class DesiredStateTests {

    @ParameterizedTest
    @CsvSource({
        "waiting, UPPERCASE, WAITING", "WAITING, LOWERCASE, waiting", "init, UPPERCASE, INIT",
        "initialize, UPPERCASE, INIT", "INIT, LOWERCASE, init", "Initialize, LOWERCASE, initialize",
        "CLEARED, UPPERCASE, cleared", "finished, UPPERCASE, FINISHED"
    })
    void stateIsWrittenInTheStyleOfTheService(String requested, CopystateStyle style, String written) {
        var desired = new DesiredState(requested, "Cutovered");

        assertThat(desired.copystateToSend(style)).isEqualTo(written);
        assertThat(desired.cycleToSend()).isEqualTo("cutovered");
    }
}
