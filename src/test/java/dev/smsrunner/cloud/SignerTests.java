package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.ManualClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The first vector comes from the official signing guide, the other two from recordings of the vendor's SDK. */
class SignerTests {

    private static final byte[] NOTHING = new byte[0];

    @Test
    void signsTheRequestOfTheGuide() {
        Credentials.AccessKey key =
                new Credentials.AccessKey("AK", Secret.of("MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"), null);
        URI uri = URI.create("https://service.region.example.com/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/"
                + "?marker=13551d6b-755d-4757-b956-536f674975c0&limit=2");
        SortedMap<String, String> headers = new TreeMap<>(Map.of(
                "content-type", "application/json",
                "host", "service.region.example.com",
                "x-sdk-date", "20191115T033655Z"));

        String canonical = Signer.canonical("GET", uri, headers, NOTHING);
        String authorization = Signer.authorization(key, "GET", uri, headers, NOTHING);

        assertThat(Signer.sha256(canonical.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
        assertThat(authorization)
                .isEqualTo("SDK-HMAC-SHA256 Access=AK, SignedHeaders=content-type;host;x-sdk-date, Signature="
                        + "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe");
    }

    @Test
    void signsAPostAsTheSdkDoes() {
        URI uri = URI.create("https://sms.example.com/v3/tasks/7a9a9540-ff28-4869-b9e4-855fbe12e83b/action");
        byte[] body = "{\"operation\":\"start\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Signer.authorization(Calls.KEY, "POST", uri, sdkHeaders(), body))
                .endsWith("Signature=a70b2d5c7ccfb598cce257f2711b3c6be2ef6a89e0dee472661642c90b33f615");
    }

    @Test
    void signsAQueryAsTheSdkDoes() {
        ServiceEndpoint endpoint = ServiceEndpoint.of("https://sms.example.com");
        URI uri = endpoint.resolve(
                List.of("v3", "sources"),
                List.of(Map.entry("limit", "200"), Map.entry("offset", "0"), Map.entry("name", "web server/01")));

        assertThat(uri.getRawQuery()).isEqualTo("limit=200&offset=0&name=web%20server%2F01");
        assertThat(Signer.authorization(Calls.KEY, "GET", uri, sdkHeaders(), NOTHING))
                .endsWith("Signature=a820a745615c7da3adf563d6751d5479629485b986a90894838d161964cd8379");
    }

    @Test
    void temporaryKeysAreSentAndSigned() {
        Credentials.AccessKey key = new Credentials.AccessKey("AK", Secret.of("SK"), Secret.of("temporary"));

        Map<String, String> headers = new Signer(Clock.fixed(Calls.NOW, ZoneOffset.UTC))
                .headers(key, "GET", URI.create("http://localhost:18099/"), "localhost:18099", NOTHING);

        assertThat(headers)
                .containsEntry("x-security-token", "temporary")
                .containsEntry("x-sdk-date", "20191115T033655Z");
        assertThat(headers.get("Authorization")).contains("SignedHeaders=host;x-sdk-date;x-security-token,");
    }

    @Test
    void onlyASignatureWithAWrongTimeIsRenewed() throws InterruptedException {
        var machine = new ManualClock();
        var time = new ServiceClock(machine, () -> 0);
        var identity = RequestAuthenticator.signing(Calls.KEY, new Signer(time));
        var headers = identity.headers("GET", URI.create("http://localhost/"), "localhost", NOTHING);
        assertThat(identity.renew(headers)).isFalse();

        machine.pass(Duration.ofMinutes(20));
        time.observeRefusal(machine.instant(), time.sendTime());

        assertThat(identity.renew(headers)).isTrue();
        assertThat(identity.headers("GET", URI.create("http://localhost/"), "localhost", NOTHING))
                .doesNotContainEntry("x-sdk-date", headers.get("x-sdk-date"));
    }

    private static SortedMap<String, String> sdkHeaders() {
        return new TreeMap<>(Map.of(
                "host", "sms.example.com",
                "user-agent", "huaweicloud-usdk-java/3.0",
                "x-sdk-date", "20191115T033655Z"));
    }
}
