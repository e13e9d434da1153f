package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTests {

    static Stream<Arguments> bodies() {
        return Stream.of(
                body("{\"error_code\":\"SMS.9004\",\"error_msg\":\"no permission\"}", "SMS.9004", "no permission"),
                body("{\"code\":\"X\",\"message\":\"m\"}", "X", "m"),
                body("{\"errorCode\":\"X\",\"errorMsg\":\"m\"}", "X", "m"),
                body(
                        "{\"error\":{\"code\":401,\"message\":\"Incorrect IAM authentication\",\"title\":\"Unauthorized\"}}",
                        "401",
                        "Incorrect IAM authentication"),
                body("{\"error\":{\"code\":400,\"title\":\"Bad Request\"}}", null, "Bad Request"),
                body("{\"error\":\"text only\"}", null, "{\"error\":\"text only\"}"),
                body("{\"error_code\":null,\"error_msg\":null}", null, "{\"error_code\":null,\"error_msg\":null}"),
                body("{\"error_code\":\"\",\"error_msg\":\"\"}", null, "{\"error_code\":\"\",\"error_msg\":\"\"}"),
                body("{\"error_code\":7605,\"error_msg\":\"bound\"}", "7605", "bound"),
                body(
                        "{\"error_code\":\"A\",\"error_msg\":[\"list\"]}",
                        "A",
                        "{\"error_code\":\"A\",\"error_msg\":[\"list\"]}"),
                body("{}", null, "{}"),
                body("[]", null, "[]"),
                body("[{\"error_code\":\"A\",\"error_msg\":\"in a list\"}]", "A", "in a list"),
                body("null", null, "null"),
                body("\"just text\"", null, "\"just text\""),
                body("42", null, "42"),
                body("", null, "the answer has no text"),
                body("   \n ", null, "the answer has no text"),
                body("{\"error_code\":\"SMS.9004\",\"error_m", null, "{\"error_code\":\"SMS.9004\",\"error_m"),
                body(
                        "<html><head><title>502 Bad Gateway</title><style>p{}</style></head><body><h1>nginx</h1></body></html>",
                        null,
                        "502 Bad Gateway nginx"),
                body("<>", null, "the answer has no text"),
                body(
                        "upstream\r\n\u001b[31mfailed\u0000 INFO forged line",
                        null,
                        "upstream [31mfailed INFO forged line"),
                body("\uFEFF{\"error_code\":\"A\",\"error_msg\":\"m\"}", "A", "m"));
    }

    private static Arguments body(String body, String code, String message) {
        return Arguments.of(body, code, message);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void parsesAnyBody(String body, String code, String message) {
        ApiError error = ErrorBody.parse(400, body, null);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void parsesTheBodyOfTheApiReference() {
        ApiError error = ErrorBody.parse(403, """
                {
                  "error_code" : "SMS.9004",
                  "error_msg" : "The current account does not have the permission to execute policy.",
                  "encoded_authorization_message" : "c2VhbGVk",
                  "error_param" : [ "You do not have permission to perform action sms:server:getTask on resource erp-db-01." ],
                  "details" : [ {
                    "error_code" : "SMS.9004",
                    "error_msg" : "You do not have permission to perform action sms:server:getTask on resource erp-db-01."
                  } ]
                }
                """, "r-1");

        assertThat(error.encodedAuthorizationMessage()).isEqualTo("c2VhbGVk");
        assertThat(error.requestId()).isEqualTo("r-1");
        assertThat(error.details())
                .containsExactly(new ApiException.Detail(
                        "SMS.9004",
                        "You do not have permission to perform action sms:server:getTask on resource erp-db-01."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"speed_limit\", \"5000\"] | bad value (error_param: speed_limit, 5000)",
                "[\"bad\", \"\"]             | bad value",
                "\"vm_id\"                   | bad value (error_param: vm_id)",
                "[{\"a\": 1}, null]          | bad value",
                "[]                          | bad value"
            })
    void messageContainsErrorParameters(String parameters, String message) {
        var error = ErrorBody.parse(
                400,
                "{\"error_code\":\"SMS.9001\",\"error_msg\":\"bad value\",\"error_param\":%s}".formatted(parameters),
                null);

        assertThat(error.message()).isEqualTo(message);
    }

    @Test
    void parametersAndTheEncodedMessageAreBoundedAndCannotForgeLines() {
        var body = "{\"error_msg\":\"m\",\"error_param\":[\"a\\nb\",\"%s\"],\"encoded_authorization_message\":\"%s\"}"
                .formatted("p".repeat(5_000), "e".repeat(65_535));

        var error = ErrorBody.parse(403, body, null);

        assertThat(error.message()).startsWith("m (error_param: a b, ppp").hasSizeLessThan(330);
        assertThat(error.encodedAuthorizationMessage()).hasSize(1003);
    }

    @Test
    void aVeryLongTextIsCut() {
        assertThat(ErrorBody.parse(500, "x".repeat(100_000), null).message()).hasSize(1003);
    }

    @Test
    void deeplyNestedBodyIsParsed() {
        assertThat(ErrorBody.parse(500, "{\"a\":".repeat(5000), null).message()).startsWith("{\"a\":{\"a\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<a ", "<script>", "<style", "</", " \t\n", "{\"a\":[", "\u202e"})
    void onlyTheStartOfAHugeBodyIsParsed(String part) {
        var body = SecretMask.of(List.of("0123456789")).ofError(part.repeat(4_000_000 / part.length()));

        assertThat(body).hasSizeLessThanOrEqualTo(SecretMask.LONGEST);
        assertThat(ErrorBody.parse(502, body, null).message()).hasSizeLessThanOrEqualTo(1003);
    }

    @Test
    void textOfAPageExcludesScriptsAndStyles() {
        assertThat(ErrorBody.parse(
                                407,
                                "<html><SCRIPT>var a = '</b>';</SCRIPT >Proxy<style>p</style> says<script>and so on",
                                null)
                        .message())
                .isEqualTo("Proxy says");
    }

    @Test
    void numberOfDetailsIsLimited() {
        var details = "{\"error_code\":\"A\",\"error_msg\":\"m\"},".repeat(3_000);
        var error = ErrorBody.parse(400, "{\"error_msg\":\"m\",\"details\":[" + details + "null]}", null);

        assertThat(error.details()).hasSize(20);
    }

    @Test
    void cleanRemovesControlAndFormatCharacters() {
        assertThat(ErrorBody.clean("a\u202eb\u009b31mc\u2028d\u200fe")).isEqualTo("a b 31mc d e");
    }
}
