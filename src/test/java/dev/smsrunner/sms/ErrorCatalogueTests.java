package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCatalogueTests {

    @Test
    void exactlyTheseKnownCodesAreStartedAgain() {
        Set<String> restartable =
                Set.of("0201", "0203", "0210", "6301", "0807", "1807", "2802", "3802", "2805", "2806");

        ErrorTable.read()
                .forEach((code, entry) ->
                        assertThat(entry.restartable()).as(code).isEqualTo(restartable.contains(code)));
        assertThat(ErrorTable.read()).containsKeys(restartable.toArray(String[]::new));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "SMS.4711", "nonsense"})
    void aCodeThatNoTableKnowsIsWorthAnotherStart(String code) {
        assertThat(ErrorCatalogue.restartable(code)).isTrue();
        assertThat(ErrorCatalogue.knows(code)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SMS.7605, 7605", "sms.7605, SMS.7605", "APIGW.0308, APIG.0308", "Common.0013, COMMON.0013"})
    void codesAreTheSameWithAndWithoutPrefix(String one, String other) {
        assertThat(ErrorCatalogue.same(one, other)).isTrue();
        assertThat(ErrorCatalogue.knows(one)).isTrue();
        assertThat(ErrorCatalogue.explain(one, 400)).isEqualTo(ErrorCatalogue.explain(other, 400));
    }

    @ParameterizedTest
    @CsvSource({
        "0, OPERATOR",
        "302, OPERATOR",
        "400, FIX_AND_RETRY",
        "401, OPERATOR",
        "403, OPERATOR",
        "404, FIX_AND_RETRY",
        "409, WAIT",
        "429, TRANSIENT",
        "500, TRANSIENT",
        "504, TRANSIENT"
    })
    void anUnknownCodeIsExplainedByTheStatus(int status, ErrorClass expected) {
        assertThat(ErrorCatalogue.explain("SMS.4711", status).errorClass()).isEqualTo(expected);
    }

    @Test
    void everyEntrySaysWhatItMeansAndWhatToDo() {
        assertThat(ErrorTable.read()).hasSizeGreaterThan(75).allSatisfy((code, entry) -> {
            assertThat(entry.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(entry.action()).endsWith(".");
        });
    }

    @Test
    void emptyIsNotTheSameAsEmpty() {
        assertThat(ErrorCatalogue.same(null, null)).isFalse();
        assertThat(ErrorCatalogue.same("SMS.", "")).isFalse();
    }
}
