package dev.smsrunner.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.smsrunner.jobfile.NotifySettings;
import dev.smsrunner.jobfile.NotifySettings.Occasion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivery to a real web server and a real program; their failures have no effect on the run. */
class NotifierTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Notification ENDED = new Notification(
            Occasion.ENDED,
            "20261121-2200-7f3c",
            "migrate",
            "jobs/demo.yaml",
            "FINISHED",
            48,
            0,
            2,
            0,
            Map.of("MIGRATED", 46),
            "reports/20261121-2200-7f3c",
            "Repeat: sms-runner rerun 20261121-2200-7f3c");

    @TempDir
    Path directory;

    private final Deque<Integer> answers = new ArrayDeque<>();
    private final Deque<JsonNode> received = new ConcurrentLinkedDeque<>();
    private final List<Duration> pauses = new CopyOnWriteArrayList<>();
    private final List<String> undelivered = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            received.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(answers.isEmpty() ? 200 : answers.poll(), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=s3cr3t";
    }

    private Notifier notifier(@Nullable String address, @Nullable Path program, String text, Occasion... on) {
        var occasions = on.length == 0 ? EnumSet.allOf(Occasion.class) : EnumSet.copyOf(List.of(on));
        return Notifier.of(
                new NotifySettings(occasions, program, text),
                address == null ? Map.of() : Map.of("SMS_RUNNER_WEBHOOK_URL", address),
                pauses::add,
                undelivered::add);
    }

    private void send(Notifier notifier, Notification notification) {
        try (notifier) {
            notifier.send(notification);
        }
    }

    @Test
    void aWebhookReceivesTheTextAndTheValues() {
        send(notifier(address(), null, NotifySettings.DEFAULT_TEXT), ENDED);

        assertThat(received).hasSize(1);
        var message = received.getFirst();
        assertThat(message.get("text").asString())
                .isEqualTo("sms-runner 20261121-2200-7f3c (migrate): FINISHED; 46 MIGRATED."
                        + " Repeat: sms-runner rerun 20261121-2200-7f3c");
        assertThat(message.get("occasion").asString()).isEqualTo("ended");
        assertThat(message.get("rows").asInt()).isEqualTo(48);
        assertThat(message.at("/outcomes/MIGRATED").asInt()).isEqualTo(46);
        assertThat(undelivered).isEmpty();
    }

    @Test
    void theTextUsesTheOperatorsTemplate() {
        send(notifier(address(), null, "{state} with {failed} failed of {rows}"), ENDED);

        assertThat(received.getFirst().get("text").asString()).isEqualTo("FINISHED with 2 failed of 48");
    }

    @Test
    void temporaryFailuresAreRetried() {
        answers.addAll(List.of(503, 429, 500));

        send(notifier(address(), null, "x"), ENDED);

        assertThat(received).hasSize(4);
        assertThat(pauses).containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        assertThat(undelivered).isEmpty();
    }

    @Test
    void permanentFailuresAreReportedAndNotRetried() {
        answers.add(404);

        send(notifier(address(), null, "the text"), ENDED);

        assertThat(received).hasSize(1);
        assertThat(undelivered)
                .containsExactly("Not delivered to the webhook at 127.0.0.1, it answered with HTTP 404: the text");
    }

    @Test
    void anUnreachableServerIsReportedWithoutItsAddress() {
        var address = address();
        server.stop(0);

        send(notifier(address, null, "the text"), ENDED);

        assertThat(pauses).hasSize(4);
        assertThat(undelivered)
                .hasSize(1)
                .allSatisfy(line -> assertThat(line)
                        .contains("the webhook at 127.0.0.1", "the text")
                        .doesNotContain("s3cr3t", "hook?"));
    }

    @Test
    void aProgramReceivesTheTextAsArgumentAndTheValuesAsInput() throws IOException {
        var program = program("printf '%s|%s|' \"$#\" \"$1\" > \"$0.out\"; cat >> \"$0.out\"");

        send(notifier(null, program, "two words; $(id) `id`"), ENDED);

        var out = Files.readString(program.resolveSibling("hook.out"));
        assertThat(out).startsWith("1|two words; $(id) `id`|{");
        assertThat(JSON.readTree(out.substring(out.indexOf('{'))).get("run_id").asString())
                .isEqualTo("20261121-2200-7f3c");
        assertThat(undelivered).isEmpty();
    }

    @Test
    void aProgramInheritsOnlyTheAllowedVariables() throws IOException {
        var program = program("env | sed 's/=.*//' > \"$0.out\"");

        send(notifier(null, program, "x"), ENDED);

        assertThat(Files.readAllLines(program.resolveSibling("hook.out")))
                .contains("PATH")
                .allMatch(
                        name -> name.matches(
                                "HOME|LANG|LANGUAGE|LC_.*|LOGNAME|NOTIFY_.*|PATH|SHELL|TEMP|TMP|TMPDIR|TZ|USER|PWD|OLDPWD|SHLVL|_"));
        assertThat(System.getenv().keySet())
                .as("this process has more")
                .anyMatch(name ->
                        !name.matches("HOME|LANG.*|LC_.*|LOGNAME|PATH|SHELL|TE?MP|TMPDIR|TZ|USER|PWD|OLDPWD|SHLVL|_"));
    }

    @Test
    void aFailedProgramIsReportedAndNotRetried() throws IOException {
        var program = program("echo x >> \"$0.out\"; exit 3");

        send(notifier(null, program, "the text"), ENDED);

        assertThat(Files.readAllLines(program.resolveSibling("hook.out"))).hasSize(1);
        assertThat(undelivered).containsExactly("Not delivered to the program hook, it exited with code 3: the text");
    }

    @Test
    void aHangingProgramIsKilledWithItsCaller() throws Exception {
        var program = program("sleep 600 & echo $! > \"$0.out\"; wait");
        var out = program.resolveSibling("hook.out");
        var waiting = new Thread(() -> org.assertj.core.api.Assertions.catchThrowable(
                () -> new CommandHook(program).deliver("the text", "{}")));
        waiting.start();
        org.awaitility.Awaitility.await()
                .until(() -> Files.exists(out) && Files.readString(out).endsWith("\n"));
        long left = Long.parseLong(Files.readString(out).strip());

        waiting.interrupt();
        waiting.join(30_000);

        org.awaitility.Awaitility.await()
                .until(() -> !ProcessHandle.of(left).map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void onlyEnabledOccasionsAreSent() {
        try (var notifier = notifier(address(), null, "x", Occasion.ATTENTION)) {
            assertThat(notifier.isEnabledFor(Occasion.ENDED)).isFalse();
            assertThat(notifier.isEnabledFor(Occasion.ATTENTION)).isTrue();
            notifier.send(ENDED);
        }
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/key",
                "https://169.254.169.254/latest",
                "https://user:s3cr3t@hooks.example.com/",
                "ftp://hooks.example.com/",
                "not a url"
            })
    void aForbiddenAddressIsRejectedWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> notifier(address, null, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SMS_RUNNER_WEBHOOK_URL")
                .hasMessageContaining("write an address with https://")
                .hasMessageNotContaining("s3cr3t");
    }

    private Path program(String script) throws IOException {
        var program = Files.write(
                directory.resolve("hook"), ("#!/bin/sh\n" + script + "\n").getBytes(StandardCharsets.UTF_8));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }
}
