package dev.smsrunner.changestate;

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
    void theStateIsWrittenInTheStyleOfTheService(String asked, CopystateStyle style, String written) {
        var wanted = new DesiredState(asked, "Cutovered");

        assertThat(wanted.writtenState(style)).isEqualTo(written);
        assertThat(wanted.writtenCycle()).isEqualTo("cutovered");
    }
}
