package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Signatures and tokens: known answers of the signing guide and the SDK, and refusals. */
class AuthenticationTests {

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;

    @AfterEach
    void stop() {
        if (simulator != null) {
            simulator.close();
        }
    }

    @Test
    void sampleOfTheSigningGuideHasItsKnownSignature() {
        Headers headers = headers("service.region.example.com");
        headers.set("Content-Type", "application/json");
        SimulatedCall call = new SimulatedCall(
                "GET",
                "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs/",
                "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
                headers,
                new byte[0]);
        List<String> signed = List.of("content-type", "host", "x-sdk-date");

        assertThat(SignatureCheck.sha256(SignatureCheck.canonical(call, signed).getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("b25362e603ee30f4f25e7858e8a7160fd36e803bb2dfe206278659d71a9bcd7a");
        assertThat(SignatureCheck.signature(call, signed, "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc"))
                .isEqualTo("7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe");
    }

    @Test
    void signatureEqualsThatOfTheVendorSdk() {
        Headers headers = headers("sms.example.com");
        headers.set("User-Agent", "huaweicloud-usdk-java/3.0");
        List<String> signed = List.of("host", "user-agent", "x-sdk-date");
        SimulatedCall action = new SimulatedCall(
                "POST",
                "/v3/tasks/7a9a9540-ff28-4869-b9e4-855fbe12e83b/action",
                "",
                headers,
                "{\"operation\":\"start\"}".getBytes(StandardCharsets.UTF_8));
        SimulatedCall list = new SimulatedCall(
                "GET", "/v3/sources", "limit=200&offset=0&name=web%20server%2F01", headers, new byte[0]);

        assertThat(SignatureCheck.signature(action, signed, "probe-secret-key"))
                .isEqualTo("a70b2d5c7ccfb598cce257f2711b3c6be2ef6a89e0dee472661642c90b33f615");
        assertThat(SignatureCheck.signature(list, signed, "probe-secret-key"))
                .isEqualTo("a820a745615c7da3adf563d6751d5479629485b986a90894838d161964cd8379");
    }

    @Test
    void validSignatureIsAcceptedAndTheAuditMasksTheKey() throws IOException {
        start(SimulatorCredentials.ofKeys("PROBEAKID", "secret"));

        assertThat(signed("secret", clock.instant()).status()).isEqualTo(200);
        assertThat(simulator.audit().entries().get(0).actor()).isEqualTo("PROB****");
    }

    @Test
    void wrongMissingOrOldSignatureIsRefused() throws IOException {
        start(SimulatorCredentials.ofKeys("PROBEAKID", "secret"));

        assertRefused(signed("other", clock.instant()), "APIG.0303");
        assertRefused(signed("secret", clock.instant().minus(Duration.ofMinutes(16))), "APIG.0301");
        assertRefused(caller.get("/v3/sources"), "APIG.0301");
        assertRefused(
                caller.send(caller.request("/v3/sources")
                        .header("X-Auth-Token", "bm8.99999999999.00")
                        .GET()),
                "APIG.0301");
        assertThat(signed("secret", clock.instant().minus(Duration.ofMinutes(14)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tokenOfAUserExpiresAfterADay() throws IOException {
        start(SimulatorCredentials.ofUser("migrator", "pw", "account"));
        assertThat(login("wrong").status()).isEqualTo(401);
        SimulatorClient.Reply login = login("pw");
        String token = login.response().headers().firstValue("X-Subject-Token").orElseThrow();

        assertThat(login.status()).isEqualTo(201);
        assertThat(withToken(token).status()).isEqualTo(200);
        assertRefused(withToken(token + "0"), "APIG.0301");
        clock.pass(Duration.ofHours(25));
        assertRefused(withToken(token), "APIG.0307");
    }

    @Test
    void configuredTokenIsAccepted() throws IOException {
        start(SimulatorCredentials.ofToken("ready-made"));

        assertThat(withToken("ready-made").status()).isEqualTo(200);
        assertRefused(withToken("other"), "APIG.0301");
    }

    private void start(SimulatorCredentials credentials) throws IOException {
        simulator =
                Simulator.start(SimulatorSettings.defaults().withClock(clock).withCredentials(credentials));
        caller = new SimulatorClient(simulator);
    }

    private SimulatorClient.Reply signed(String secret, Instant date) {
        String host = "127.0.0.1:" + simulator.port();
        Headers headers = headers(host);
        headers.set("X-Sdk-Date", DATE.format(date));
        SimulatedCall call = new SimulatedCall("GET", "/v3/sources", "limit=1", headers, new byte[0]);
        String signature = SignatureCheck.signature(call, List.of("host", "x-sdk-date"), secret);
        return caller.send(caller.request("/v3/sources?limit=1")
                .header("X-Sdk-Date", DATE.format(date))
                .header(
                        "Authorization",
                        "SDK-HMAC-SHA256 Access=PROBEAKID, SignedHeaders=host;x-sdk-date, Signature=" + signature)
                .GET());
    }

    private SimulatorClient.Reply withToken(String token) {
        return caller.send(caller.request("/v3/sources?limit=1")
                .header("X-Auth-Token", token)
                .GET());
    }

    private SimulatorClient.Reply login(String password) {
        String body = """
                {"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"account"},
                "name":"migrator","password":"%s"}}},"scope":{"project":{"id":"p"}}}}""".formatted(password);
        return caller.send(
                caller.request("/v3/auth/tokens?nocatalog=true").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static void assertRefused(SimulatorClient.Reply reply, String code) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo(code);
    }

    private static Headers headers(String host) {
        Headers headers = new Headers();
        headers.set("Host", host);
        headers.set("X-Sdk-Date", "20191115T033655Z");
        return headers;
    }
}
