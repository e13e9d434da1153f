package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskErrorTests {

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "{\"error_code\":\"SMS.0210\",\"error_param\":[\"/etc/fstab\",\"x\"]}",
                        "SMS.0210",
                        "/etc/fstab, x"),
                Arguments.of("{\"error_code\":\"0210\",\"error_param\":\"one\"}", "0210", "one"),
                Arguments.of("{\"error_code\":210}", "210", "210"),
                Arguments.of(
                        "{\"error_code\":\"SMS.0007\",\"error_msg\":\"agent\",\"error_param\":null}",
                        "SMS.0007",
                        "agent"),
                Arguments.of("[{\"error_code\":\"SMS.0201\"},{\"error_code\":\"SMS.0203\"}]", "SMS.0201", "SMS.0201"),
                Arguments.of("\"{\\\"error_code\\\":\\\"SMS.0201\\\"}\"", "SMS.0201", "SMS.0201"),
                Arguments.of("{\"other\":1}", null, "{\"other\":1}"),
                Arguments.of("disk full", null, "disk full"),
                Arguments.of("{\"error_code\":\"SMS.02", null, "{\"error_code\":\"SMS.02"),
                Arguments.of("42", null, "42"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void parsesEveryFormOfErrorJson(String text, String code, String shown) {
        assertThat(TaskError.parse(text)).isEqualTo(new TaskError(code, shown));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "{}", "[]", "null", "\"\""})
    void blankTextIsNoError(String text) {
        assertThat(TaskError.parse(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The migration of erp-db-01 failed. |",
                "The migration of erp-db-01 failed., 10.20.0.31 |",
                "The migration of a b failed., fe80::1 |",
                "SMS.0205 |",
                "/etc/fstab, x | /etc/fstab, x",
                "The migration of erp-db-01 failed., disk 2 | The migration of erp-db-01 failed., disk 2"
            })
    void detailOmitsTheCodeAndTheGenericMessage(String text, String detail) {
        assertThat(new TaskError("SMS.0205", text).detail()).isEqualTo(Optional.ofNullable(detail));
    }

    @Test
    void anOversizedTextIsCutAndNotParsed() {
        var error = TaskError.parse("{\"error_code\":\"SMS.0210\",\"error_param\":\"" + "x".repeat(100_000) + "\"}");

        assertThat(error).isNotNull();
        assertThat(error.text()).hasSize(1_001).startsWith("{\"error_code\"");
    }
}
