package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

class SecretMaskTests {

    private static final String SECRET = "canary/secret+key=of&the \"night\" é";
    private static final SecretMask MASK = SecretMask.of(List.of(SECRET, "AKIACANARY0000000001"));
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JsonMapper SLASHES = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES, JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** Encodings in which a service or a proxy may repeat a secret. */
    static final List<Arguments> ENCODINGS = Stream.<Arguments>of(
                    encoding("raw", text -> text),
                    encoding("in JSON", SecretMaskTests::json),
                    encoding("in JSON with escaped slashes", SecretMaskTests::slashes),
                    encoding("in JSON in JSON", text -> json(json(text))),
                    encoding("every character escaped in JSON", SecretMaskTests::unicode),
                    encoding("as a form", SecretMaskTests::form),
                    encoding("in an address", text -> form(text).replace("+", "%20")),
                    encoding("with hexadecimal digits in lower case", text -> lowerHex(form(text))),
                    encoding("encoded twice", text -> form(form(text))),
                    encoding("encoded, then in JSON", text -> slashes(form(text))),
                    encoding(
                            "in HTML",
                            text -> text.replace("&", "&amp;")
                                    .replace("\"", "&quot;")
                                    .replace("+", "&#43;")),
                    encoding(
                            "in HTML with other numbers",
                            text -> text.replace("&", "&#x26;").replace("/", "&#x2F;")),
                    encoding("in hexadecimal digits", text -> HexFormat.of().formatHex(bytes(text))),
                    encoding("in base64", text -> base64(Base64.getEncoder(), "", text)),
                    encoding("in base64 behind one byte", text -> base64(Base64.getEncoder(), "x", text)),
                    encoding("in base64 behind two bytes", text -> base64(Base64.getEncoder(), "xy", text)),
                    encoding(
                            "in base64 of addresses",
                            text -> base64(Base64.getUrlEncoder().withoutPadding(), "user:", text)),
                    encoding("in base64 by lines", text -> base64(Base64.getMimeEncoder(20, bytes("\r\n")), "", text)),
                    encoding("in base64 in an address", text -> form(base64(Base64.getEncoder(), "ab", text))))
            .toList();

    private static Arguments encoding(String how, UnaryOperator<String> write) {
        return Arguments.of(how, write);
    }

    private static String json(String text) {
        String quoted = JSON.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String slashes(String text) {
        String quoted = SLASHES.writeValueAsString(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static String unicode(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(one -> escaped.append("\\u%04x".formatted(one)));
        return escaped.toString();
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String lowerHex(String text) {
        var lower = new StringBuilder(text);
        for (int at = lower.indexOf("%"); at >= 0; at = lower.indexOf("%", at + 1)) {
            lower.replace(at, at + 3, lower.substring(at, at + 3).toLowerCase(Locale.ROOT));
        }
        return lower.toString();
    }

    private static String base64(Base64.Encoder encoder, String before, String text) {
        return encoder.encodeToString(bytes(before + text + "\nx-sdk-date:20191115T033655Z"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ENCODINGS")
    void masksASecretInEveryEncoding(String how, UnaryOperator<String> write) {
        String text = "{\"error_msg\":\"no such key: " + write.apply(SECRET) + "\",\"error_code\":\"X.1\"}";

        String shown = MASK.ofError(text);

        assertThat(shown)
                .startsWith("{\"error_msg\":\"no such key: ")
                .endsWith("\",\"error_code\":\"X.1\"}")
                .contains("****");
        assertThat(shown.replaceAll("[^A-Za-z]", "")).as("what is left of it").doesNotContain("canary", "night");
        assertThat(read(shown)).doesNotContain("canary", "secret+key", "night");
    }

    /** Text after decoding every possible encoding. */
    private static String read(String shown) {
        var decoded = DecodedText.of(shown).decode().decode().decode().withoutBlanks();
        var bytes = new byte[decoded.length()];
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = decoded.at(at);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ENCODINGS")
    void masksASecretInASuccessOfAnySize(String how, UnaryOperator<String> write) {
        if (how.startsWith("every character")) {
            return; // the quick test of a success ignores this encoding, which services do not use
        }
        String filler = "{\"id\":\"7a9a9540-ff28-4869-b9e4-855fbe12e83b\",\"name\":\"erp-db-01\"},".repeat(3_000);

        for (int shift = 0; shift < 4; shift++) {
            String shown = MASK.ofSuccess(bytes(filler + " ".repeat(shift) + write.apply(SECRET) + filler));

            assertThat(shown).startsWith(filler).endsWith(filler).hasSizeLessThan(2 * filler.length() + 80);
            assertThat(read(shown)).contains("****").doesNotContain("canary", "secret+key", "night");
        }
    }

    @Test
    void aSuccessWithoutASecretIsTheSameText() {
        String body = "{\"id\":\"canary\",\"name\":\"secret key\"}";

        assertThat(MASK.ofSuccess(bytes(body))).isEqualTo(body);
        assertThat(MASK.ofError(body)).isEqualTo(body);
    }

    @Test
    void aTruncatedSecretIsMasked() {
        var token = "MIIEvAYJKoZIhvcNAQcCoIIErTCCBKkCAQExDTALBglghkgBZQMEAgEw";
        var mask = SecretMask.of(List.of(token));

        assertThat(mask.ofError("invalid token " + token.substring(0, 30) + "... rejected"))
                .isEqualTo("invalid token ****... rejected");
        assertThat(mask.ofError("invalid token " + token.substring(0, 20))).isEqualTo("invalid token ****");
    }

    static Stream<String> tails() {
        return Stream.of(SECRET, json(SECRET), form(SECRET), form(form(SECRET)), unicode(SECRET));
    }

    @ParameterizedTest
    @MethodSource("tails")
    void aSecretAcrossTheCutIsMasked(String written) {
        for (int inside = 1; inside < written.length(); inside++) {
            String body = "x".repeat(SecretMask.LONGEST - inside) + written + " and more";

            String shown = MASK.ofError(body);

            assertThat(shown).startsWith("xxx").hasSizeLessThanOrEqualTo(SecretMask.LONGEST + 4);
            assertThat(shown.replace("x", "").replace("*", ""))
                    .as("%d characters of %s before the cut", inside, written)
                    .isIn("", "\\", "%", "%2");
        }
    }

    @Test
    void aShortSecretIsMaskedAsAWholeWord() {
        var mask = SecretMask.of(List.of("hunter", "abc"));

        assertThat(mask.ofError("user=x&password=hunter, not bounty hunters; abc"))
                .isEqualTo("user=x&password=****, not bounty hunters; abc");
    }

    @Test
    void aPasswordEqualToAStateIsKeptInASuccess() {
        var mask = SecretMask.of(List.of("replicate", "cutovering"));

        assertThat(mask.ofSuccess(bytes("{\"state\":\"replicate\"}"))).isEqualTo("{\"state\":\"replicate\"}");
        assertThat(mask.ofError("password replicate")).isEqualTo("password ****");
    }

    @Test
    void aNewTokenAndASignatureAreMasked() {
        var mask = SecretMask.of(List.of());
        for (int number = 0; number < 20; number++) {
            mask.learn("token-number-%02d-0123456789".formatted(number));
        }

        assertThat(mask.with("5ae3bd6e5ae3bd6e")
                        .ofError("token-number-19-0123456789 5ae3bd6e5ae3bd6e token-number-00-0123456789"))
                .as("the last few tokens are known")
                .isEqualTo("**** **** token-number-00-0123456789");
        assertThat(mask.ofSuccess(bytes("{\"x\":\"token-number-18-0123456789\"}")))
                .isEqualTo("{\"x\":\"****\"}");
    }

    @Test
    void anErrorThatIsNoJsonIsCut() {
        assertThat(MASK.ofError("<".repeat(10_000_000))).hasSize(SecretMask.LONGEST);
        assertThat(MASK.ofError("{".repeat(10_000_000))).hasSize(SecretMask.LONGEST);
        assertThat(SecretMask.cut("x".repeat(SecretMask.LONGEST - 1) + "\uD83D\uDE00", SecretMask.LONGEST))
                .as("not within a character")
                .hasSize(SecretMask.LONGEST - 1);
    }
}
