package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.documents.Documents;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCatalogueTests {

    @Test
    void onlyTheseKnownCodesAreRestartable() {
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
    void anUnknownCodeIsRestartable(String code) {
        assertThat(ErrorCatalogue.isRestartable(code)).isTrue();
        assertThat(ErrorCatalogue.contains(code)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"SMS.7605, 7605", "sms.7605, SMS.7605", "APIGW.0308, APIG.0308", "Common.0013, COMMON.0013"})
    void codesMatchWithAndWithoutPrefix(String one, String other) {
        assertThat(ErrorCatalogue.isSameCode(one, other)).isTrue();
        assertThat(ErrorCatalogue.contains(one)).isTrue();
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
    void everyEntryHasAMeaningAndAnAction() {
        assertThat(ErrorTable.read()).hasSizeGreaterThan(75).allSatisfy((code, entry) -> {
            assertThat(entry.meaning()).isNotBlank().doesNotEndWith(".");
            assertThat(entry.action()).endsWith(".");
        });
    }

    /** Every code of the API notes (vendor's list, FAQ, field notes, gateway, DCS) with its class. */
    @ParameterizedTest
    @CsvSource({
        "TRANSIENT, 0201 0203 6301 0210 2007",
        "TRANSIENT, APIG.0201 APIG.0202 APIG.0203 APIG.0610 APIG.0613 APIG.0308 APIG.0601 APIG.0606 APIG.0608",
        "WAIT, 6603 6520 7719 2015 1038 1039 1040",
        "FIX_AND_RETRY, 0205 0207 0211 0304 3803 3805 1901 1902 0306 0601 6517 0806 1106 6539 1107 1404 DCS.4855",
        "FIX_AND_RETRY, 6030 6031 6032 6033 6102 6103 6601 6602 6610 7711 7712 9001 6531 6617 6562 6519 7101 7602 2216 2004",
        "OPERATOR, 0007 0202 0204 0208 0212 0412 0515 1414 7111 7605 7703 2252 8115 9004 9007 2013 DCS.4133",
        "OPERATOR, 2002 2003 2005 2006 2009 2206 2248 Common.0013",
        "OPERATOR, APIG.0101 APIG.0301 APIG.0303 APIG.0305 APIG.0307 APIG.0302 APIG.0304 APIG.0306 APIG.0310",
        "FATAL, 0206 6302 6504"
    })
    void everyCodeOfTheNotesHasItsClass(ErrorClass expected, String codes) {
        for (String code : codes.split(" ")) {
            assertThat(ErrorCatalogue.contains(code)).as(code).isTrue();
            assertThat(ErrorCatalogue.explain(code, 0).errorClass()).as(code).isEqualTo(expected);
        }
    }

    /** Documented actions: identity policies and policies of SMS (2026-02-05), policies of DCS (2025). */
    @Test
    void pagesAndActionsNameOnlyDocumentedPermissions() {
        var documented = Set.of(
                "sms:server:list",
                "sms:server:get",
                "sms:server:listTask",
                "sms:server:getTask",
                "sms:server:createTask",
                "sms:server:updateTask",
                "sms:server:manageTask",
                "sms:server:updateState",
                "sms:server:getTaskSpeedLimit",
                "sms:server:updateTaskSpeedLimit",
                "sms:server:getConsistencyCheckResult",
                "sms:server:batchDeleteTask",
                "sms:server:batchDelete",
                "sms:template:list",
                "sms:template:get",
                "sms:server:queryServer",
                "sms:server:migrationServer",
                "sms:server:registerServer",
                "dcs:migrationTask:list",
                "dcs:migrationTask:get",
                "dcs:migrationTask:modify");

        var found = Pattern.compile("(?:sms|dcs):[a-zA-Z]+:[a-zA-Z]+")
                .matcher(Documents.text() + ErrorTable.lines())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());

        assertThat(found).isSubsetOf(documented).contains("sms:template:list", "sms:server:updateTaskSpeedLimit");
        assertThat(ErrorCatalogue.explain("SMS.9004", 403).action()).contains("sms:server:migrationServer");
    }

    @Test
    void aMissingTargetIsNotRestartable() {
        assertThat(ErrorCatalogue.isRestartable("SMS.0412")).isFalse();
        assertThat(ErrorCatalogue.explain("SMS.0412", 0).action())
                .contains("Delete the target configuration of the source");
    }

    @Test
    void actionForATaskNameHasTheDocumentedGrammar() {
        assertThat(ErrorCatalogue.explain("SMS.7711", 400).action())
                .startsWith("Use 1 to 64 letters, digits, underscores and hyphens");
    }

    @Test
    void emptyCodesNeverMatch() {
        assertThat(ErrorCatalogue.isSameCode(null, null)).isFalse();
        assertThat(ErrorCatalogue.isSameCode("SMS.", "")).isFalse();
    }
}
