package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestedCommandsTests {

    @ParameterizedTest
    @CsvSource({
        "bin/sms-runner, bin/sms-runner",
        "/opt/sms runner/bin/sms-runner, '''/opt/sms runner/bin/sms-runner'''",
        "'it''s', '''it''\\''''s'''"
    })
    void programIsTheLauncherAsTyped(String typed, String shown) {
        assertThat(SuggestedCommands.program(typed)).isEqualTo(shown);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "a\u001B[31mb", "a\nb", "a\u202Eb", "n\uFFFDcht/sms-runner"})
    void programHasItsOwnNameWithoutAPrintableLauncher(String typed) {
        assertThat(SuggestedCommands.program(typed)).isEqualTo("sms-runner");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            /jobs/night-1.yaml,    /jobs/night-1.yaml
            /my jobs/$(rm)'s.yaml, '/my jobs/$(rm)'\\''s.yaml'
            a\tb&c,                'a\tb&c'
            "",                    ''
            """)
    void argumentIsQuotedWhereAShellNeedsIt(String argument, String shown) {
        assertThat(SuggestedCommands.quoted(argument)).isEqualTo(shown);
    }

    @Test
    void commandHasProgramArgumentsAndOptions() {
        assertThat(new SuggestedCommands("bin/sms-runner", " --data d").of("resume last"))
                .isEqualTo("bin/sms-runner resume last --data d");
    }
}
