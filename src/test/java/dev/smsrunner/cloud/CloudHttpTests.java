package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudHttpTests {

    private final StubService service = new StubService();

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void sendsASignedRequestThatAVerifierAccepts() {
        try (CloudHttp http = Calls.to(service.url() + "/prefix")) {
            http.call(Calls.write().with("name", "a b"));
        }

        StubService.RecordedRequest request = service.only();
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /prefix/v3/tasks?name=a%20b");
        assertThat(request.body()).isEqualTo("{\"name\":\"a\"}");
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "application/json")
                .doesNotContainKeys("accept-encoding", "x-auth-token", "upgrade", "http2-settings");
        TreeMap<String, String> signed = new TreeMap<>(request.headers());
        signed.keySet().retainAll(List.of("host", "x-sdk-date"));
        assertThat(request.headers().get("authorization"))
                .isEqualTo(Signer.authorization(
                        Calls.KEY,
                        "POST",
                        URI.create("http://h" + request.target()),
                        signed,
                        request.body().getBytes()));
    }

    @ParameterizedTest
    @CsvSource({
        "400, REFUSED",
        "403, REFUSED",
        "404, REFUSED",
        "409, REFUSED",
        "413, REFUSED",
        "401, DENIED",
        "408, UNKNOWN",
        "500, UNKNOWN",
        "502, UNKNOWN",
        "503, UNKNOWN",
        "504, UNKNOWN"
    })
    void classifiesAWriteByStatusAndSendsItOnce(int status, CallFailureKind verdict) {
        service.respondWith(status, "{\"error_code\":\"SMS.9999\",\"error_msg\":\"text\"}", "X-Request-Id", "r-1");

        try (CloudHttp http = Calls.to(service.url())) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(verdict);
            assertThat(failure.httpStatus()).isEqualTo(status);
            assertThat(failure.errorCode()).isEqualTo("SMS.9999");
            assertThat(failure.requestId()).isEqualTo("r-1");
            assertThat(failure).hasMessageContainingAll("CreateTask", "HTTP " + status, "SMS.9999 text", "request r-1");
        }
        service.only();
    }

    @Test
    void writeWithDatabaseErrorIsUnknownForAnyStatus() {
        service.respondWith(400, "{\"error_code\":\"SMS.6301\",\"error_msg\":\"database\"}");

        try (CloudHttp http = Calls.to(service.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.UNKNOWN);
        }
    }

    @Test
    void readsAreRepeatedUpToEightTimes() {
        service.respondWith(503, "");

        try (CloudHttp http = Calls.to(service.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.read())).kind()).isEqualTo(CallFailureKind.UNKNOWN);
        }
        assertThat(service.requests()).hasSize(8);
    }

    @Test
    void aReadThatRecoversSucceeds() {
        service.respondWith(
                (exchange, request, number) -> StubService.answer(number < 3 ? 502 : 200, number < 3 ? "<html>" : "{}")
                        .answer(exchange, request, number));

        try (CloudHttp http = Calls.to(service.url())) {
            assertThat(http.call(Calls.read()).body()).isEqualTo("{}");
        }
        assertThat(service.requests()).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsRefusedAndNothingIsForwarded(int status) {
        try (StubService elsewhere = new StubService();
                CloudHttp http = Calls.to(service.url())) {
            service.respondWith(status, "", "Location", elsewhere.url() + "/v3/tasks");

            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.REFUSED);
            assertThat(failure).hasMessageContaining("redirected to host 127.0.0.1");
            assertThat(elsewhere.requests()).isEmpty();
        }
        service.only();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void aWriteWhoseConnectionClosesAfterItWasReadIsSentExactlyOnce(String method) throws IOException {
        try (RawService closing = new RawService((socket, number) -> false);
                CloudHttp http = Calls.to(closing.url())) {
            CloudRequest write = CloudRequest.write("Write", method, "{}", "v3", "tasks", "7f3c");

            assertThat(Calls.failure(() -> http.call(write)).kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(closing.requests).hasValue(1);
        }
    }

    @Test
    void aWriteOnAKeptConnectionThatClosesIsSentExactlyOnce() throws IOException {
        RawService.Script script = (socket, number) -> {
            if (number == 1) {
                RawService.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
            }
            return number == 1;
        };
        try (RawService closing = new RawService(script);
                CloudHttp http = Calls.to(closing.url())) {
            http.call(Calls.read());

            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(closing.requests).hasValue(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":\"a",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\":\"a\r\n",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 2",
                "not HTTP at all\r\n\r\n"
            })
    void aBrokenAnswerToAWriteIsUnknown(String answer) throws IOException {
        RawService.Script script = (socket, number) -> {
            RawService.write(socket, answer);
            return false;
        };
        try (RawService broken = new RawService(script);
                CloudHttp http = Calls.to(broken.url())) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(failure).hasMessageContaining("The service may have executed it");
            assertThat(broken.requests).hasValue(1);
        }
    }

    @Test
    void aReadWithABrokenAnswerChangedNothing() throws IOException {
        RawService.Script script = (socket, number) -> {
            RawService.write(socket, "not HTTP at all\r\n\r\n");
            return false;
        };
        try (RawService broken = new RawService(script);
                CloudHttp http = Calls.withAttempts(broken.url(), 1)) {
            ApiException failure = Calls.failure(() -> http.call(Calls.read()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(failure.getMessage())
                    .endsWith("Nothing was changed. Check the endpoint and the network.")
                    .doesNotContain("executed");
        }
    }

    @Test
    void theDeadlineCoversASlowBody() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        RawService.Script script = (socket, number) -> {
            RawService.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{");
            end.await();
            return false;
        };
        try (RawService slow = new RawService(script);
                CloudHttp http = Calls.impatient(slow.url())) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(failure).hasMessageContaining("no complete answer within 300 ms");
            assertThat(slow.requests).hasValue(1);
        } finally {
            end.countDown();
        }
    }

    @Test
    void anEndlessBodyIsCutOff() throws IOException {
        byte[] megabyte = new byte[1024 * 1024];
        RawService.Script script = (socket, number) -> {
            RawService.write(socket, "HTTP/1.1 200 OK\r\n\r\n");
            for (int i = 0; i < 40; i++) {
                socket.getOutputStream().write(megabyte);
            }
            return false;
        };
        try (RawService endless = new RawService(script);
                CloudHttp http = Calls.to(endless.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.write())))
                    .hasMessageContaining("the answer is larger than 16777216 bytes");
        }
    }

    @Test
    void aRefusedConnectionIsNotSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (CloudHttp http = Calls.to("http://127.0.0.1:" + port)) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
            assertThat(failure).hasMessageContaining("Nothing was changed");
        }
    }

    @Test
    void anUnknownHostIsNotSent() {
        try (CloudHttp http = Calls.to("https://sms.invalid")) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.NOT_SENT);
        }
    }

    @Test
    void aServerWithoutTlsIsNotSent() {
        try (CloudHttp http = Calls.to(service.url().replace("http:", "https:"))) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isIn(CallFailureKind.NOT_SENT, CallFailureKind.UNKNOWN);
        }
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void aThrottledWriteIsSentAgainUntilItPasses() {
        List<Boolean> observed = new CopyOnWriteArrayList<>();
        service.respondWith((exchange, request, number) -> StubService.answer(
                        number < 3 ? 429 : 200,
                        number < 3 ? "{\"error_code\":\"APIGW.0308\"}" : "{}",
                        "Retry-After",
                        "0")
                .answer(exchange, request, number));

        try (CloudHttp http = Calls.to(
                service.url(),
                Calls.KEY,
                MutationGate.OPEN,
                (operation, status, id, took, throttled) -> observed.add(throttled))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);
        }
        assertThat(observed).containsExactly(true, true, false);
    }

    @Test
    void theGateStopsAWriteBeforeItIsSentButNotARead() {
        MutationGate gate = request -> {
            throw new IllegalStateException("lease lost before " + request.operation());
        };
        List<String> observed = new CopyOnWriteArrayList<>();
        try (CloudHttp http = Calls.to(
                service.url(), Calls.KEY, gate, (operation, status, id, took, throttled) -> observed.add(operation))) {
            assertThatThrownBy(() -> http.call(Calls.write())).hasMessage("lease lost before CreateTask");
            assertThat(service.requests()).isEmpty();
            http.call(Calls.read());
        }
        assertThat(observed).containsExactly("ShowTask");
    }

    @Test
    void anExpiredWriteIsNotRetriedAfterA429() {
        service.respondWith(429, "", "Retry-After", "0");
        try (CloudHttp http = Calls.to(
                service.url(), Calls.KEY, expiring(() -> service.requests().size() > 0), CallListener.SILENT)) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.THROTTLED);
        }
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void anExpiredWriteIsNotSentAndUsesNoSlot() {
        try (CloudHttp http = Calls.to(service.url(), Calls.KEY, expiring(() -> true), CallListener.SILENT)) {
            assertThatThrownBy(() -> http.call(Calls.write())).hasMessage("CreateTask is expired");
            http.call(Calls.read());
        }
        assertThat(service.requests()).hasSize(1);
    }

    private static MutationGate expiring(java.util.function.BooleanSupplier expiring) {
        return new MutationGate() {
            @Override
            public void check(CloudRequest request) {
                if (isExpired(request)) {
                    throw new IllegalStateException(request.operation() + " is expired");
                }
            }

            @Override
            public boolean isExpired(CloudRequest request) {
                return expiring.getAsBoolean();
            }
        };
    }

    @Test
    void messageNamesTheMissingAction() {
        service.respondWith(403, """
                {"error_code":"SMS.9004","error_msg":"no permission","details":[{"error_code":"SMS.9004",
                "error_msg":"You do not have permission to perform action sms:server:createTask on resource x."}]}""");

        try (CloudHttp http = Calls.to(service.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.write())))
                    .hasMessageContaining("SMS.9004")
                    .hasMessageContaining("lacks the action sms:server:createTask");
        }
    }

    @Test
    void messageContainsErrorParametersAndEncodedAuthorizationMessage() {
        service.respondWith(403, """
                {"error_code":"SMS.9004","error_msg":"no permission","error_param":["on resource x"],
                "encoded_authorization_message":"c2VhbGVk"}""");

        try (CloudHttp http = Calls.to(service.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).errorMessage())
                    .isEqualTo("no permission (error_param: on resource x). encoded_authorization_message: c2VhbGVk");
        }
    }

    @Test
    void messageOfA401ReportsASkewedClock() throws IOException {
        RawService.Script script = (socket, number) -> {
            RawService.write(
                    socket,
                    "HTTP/1.1 401 Unauthorized\r\nDate: Fri, 15 Nov 2019 04:00:00 GMT\r\nContent-Length: 0\r\n\r\n");
            return true;
        };
        try (RawService denying = new RawService(script);
                CloudHttp http = Calls.to(denying.url())) {
            ApiException failure = Calls.failure(() -> http.call(Calls.read()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.DENIED);
            assertThat(failure)
                    .hasMessageContaining("The clock of this machine is 23 minutes behind the clock of the service");
            assertThat(denying.requests).hasValue(1);
        }
    }

    @Test
    void theJdkClientDoesNotRepeatAReadByItself() throws IOException {
        try (RawService closing = new RawService((socket, number) -> false);
                CloudHttp http = Calls.to(closing.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.read())).kind()).isEqualTo(CallFailureKind.UNKNOWN);
            assertThat(closing.requests).hasValue(8);
        }
    }

    @Test
    void anInterruptEndsACallAtOnceAndStaysSet() throws Exception {
        CountDownLatch received = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        service.respondWith((exchange, request, number) -> {
            received.countDown();
            try {
                end.await();
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            }
        });
        try (CloudHttp http = Calls.to(service.url())) {
            FutureTask<Boolean> call = new FutureTask<>(() -> {
                ApiException failure = Calls.failure(() -> http.call(Calls.read()));
                return failure.kind() == CallFailureKind.UNKNOWN
                        && Thread.currentThread().isInterrupted();
            });
            Thread thread = new Thread(call);
            thread.start();
            received.await();
            thread.interrupt();

            assertThat(call.get()).isTrue();
        } finally {
            end.countDown();
        }
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void anIdMustNotBeEmptyOrClimb() {
        assertThatThrownBy(() -> CloudRequest.get("ShowTask", "v3", "tasks", " "))
                .hasMessageContaining("ShowTask");
        assertThatThrownBy(() -> CloudRequest.get("ShowTask", "v3", "tasks", ".."))
                .hasMessageContaining("ShowTask");
        assertThat(ServiceEndpoint.of("https://h").resolve(List.of("v3", "a/b?c"), List.of()))
                .hasToString("https://h/v3/a%2Fb%3Fc");
    }

    @Test
    void defaultDeadlines() {
        CloudSettings settings = CloudSettings.defaults(Clock.systemUTC());

        assertThat(settings.deadline(CallKind.READ)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.deadline(CallKind.WRITE)).isEqualTo(Duration.ofSeconds(12));
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 probe-secret-key PROBEAK\r\n\r\n",
                "probe-secret-key\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: probe-secret-key\r\n\r\n",
                "HTTP/1.1 200 OK\r\nprobe-secret-key\r\n\r\n",
                "HTTP/1.1 302 Found\r\nLocation: https://probe-secret-key.example/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 400 Bad\r\nX-Request-Id: probe-secret-key\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\nprobe-secret-key"
            })
    void secretsRepeatedOutsideTheBodyAreMasked(String answer) throws IOException {
        RawService.Script script = (socket, number) -> {
            RawService.write(socket, answer);
            return false;
        };
        try (RawService echo = new RawService(script);
                CloudHttp http = Calls.to(echo.url())) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write(), read -> {
                throw new UnreadableAnswerException("no JSON");
            }));

            var trace = new java.io.StringWriter();
            failure.printStackTrace(new java.io.PrintWriter(trace));
            assertThat(trace.toString() + failure.requestId())
                    .doesNotContain("probe-secret-key")
                    .doesNotContain("PROBEAK");
        }
    }
}
