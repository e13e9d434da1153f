package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.net.httpserver.HttpExchange;
import dev.smsrunner.cli.Shell;
import dev.smsrunner.cloud.StubService;
import dev.smsrunner.cloud.StubService.RecordedRequest;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A service that echoes requests in its answers, in any encoding: no secret of the operator appears in the output. */
class EchoTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKEN = "MIIEvAYJKoZIhvcNAQcCoIIErTCCBKkC/canary+token=of&the\"night";
    private static final String HOOK = "/hook/canaryHook0123456789";
    private static final List<String> LOGGERS = List.of("dev.smsrunner", "org.springframework", "com.zaxxer", "jdk");

    /** Authentication headers, in lower case. */
    private static final Set<String> PROOFS = Set.of("authorization", "x-auth-token", "x-security-token");

    private final StubService service = new StubService().respondWith(this::answer);
    private final List<String> proofs = new CopyOnWriteArrayList<>();
    private final Map<String, Level> levels = new HashMap<>();
    private String known = "";
    private boolean deniesAll;
    private boolean deniesTokens;

    @TempDir
    Path directory;

    @BeforeEach
    void logEverything() {
        for (var name : LOGGERS) {
            var logger = (Logger) LoggerFactory.getLogger(name);
            levels.put(name, logger.getLevel());
            logger.setLevel(Level.TRACE);
        }
    }

    @AfterEach
    void close() {
        levels.forEach((name, level) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
        service.close();
    }

    @Test
    void tokenIsNotPrinted() throws IOException {
        checkEchoes("token", Map.of("HUAWEICLOUD_AUTH_TOKEN", TOKEN), TOKEN);
    }

    @Test
    void keysAndSignaturesAreNotPrinted() throws IOException {
        checkEchoes(
                "aksk",
                Map.of(
                        "HUAWEICLOUD_SDK_AK",
                        Scenario.ACCESS_KEY,
                        "HUAWEICLOUD_SDK_SK",
                        Scenario.SECRET_KEY,
                        "HUAWEICLOUD_SDK_SECURITY_TOKEN",
                        TOKEN),
                Scenario.ACCESS_KEY,
                Scenario.SECRET_KEY,
                TOKEN);
    }

    @Test
    void passwordAndItsTokenAreNotPrinted() throws IOException {
        checkEchoes(
                "password",
                Map.of(
                        "HUAWEICLOUD_IAM_ENDPOINT",
                        service.url(),
                        "HUAWEICLOUD_DOMAIN_NAME",
                        "account-1",
                        "HUAWEICLOUD_USER_NAME",
                        "migrator",
                        "HUAWEICLOUD_PASSWORD",
                        Scenario.SECRET_KEY),
                Scenario.SECRET_KEY,
                TOKEN);
    }

    /** Runs with echoes of mutating calls, then plans with echoes of all calls. */
    private void checkEchoes(String auth, Map<String, String> environment, String... secrets) throws IOException {
        known = String.join(" ", secrets);
        var whole = new HashMap<>(environment);
        whole.put("SMS_RUNNER_WEBHOOK_URL", service.url() + HOOK);
        Files.writeString(
                directory.resolve("inventory.csv"),
                "server_name,source_ip\napp-1,10.0.0.1\napp-2,10.0.0.2\nghost-1,10.0.0.3\n");
        Files.writeString(directory.resolve("job.yaml"), """
                job: action
                inventory: inventory.csv
                service: {endpoint: "%s", auth: %s}
                limits: {requests-per-second: 400}
                watch: {every: 100ms}
                action: {operation: start}
                """.formatted(service.url(), auth));

        var result = command(whole, "run").exits(1);
        assertThat(result.outcomes()).containsExactly(entry("FAILED", 2), entry("REJECTED", 1));
        assertThat(result.report().get("app-1").get("reason")).contains("HTTP 400 echo", "****");
        assertThat(result.report().get("app-1")).containsEntry("error_code", "SMS.7711");
        assertThat(result.report().get("ghost-1").get("reason")).contains("Similar: name-", "****");
        deniesAll = true;
        var denied = command(whole, "plan").exits(4).prints("HTTP 401", "echo", "****");
        deniesTokens = true;
        known = secrets[0]; // a token of an earlier command is not known to this one
        var noToken = command(whole, "plan").exits(4).prints("HTTP 401", "echo", "****");

        var all = new ArrayList<>(List.of(secrets));
        all.add(service.url() + HOOK);
        proofs.forEach(proof -> all.add(proof.replaceFirst(".*Signature=", "")));
        assertThat(proofs).isNotEmpty();
        var canaries = new SecretCanaries(all.toArray(String[]::new));
        for (var text : List.of(result.out(), result.err(), denied.out(), denied.err(), noToken.out(), noToken.err())) {
            canaries.assertAbsentIn("the console", text);
        }
        canaries.assertAbsentUnder(directory);
        assertThat(Files.readString(directory.resolve("data/logs/" + result.runId() + ".log")))
                .as("everything is logged")
                .containsPattern("(?m)^\\S+ DEBUG ");
    }

    private CommandResult command(Map<String, String> environment, String command) {
        var arguments =
                new ArrayList<>(List.of(command, directory.resolve("job.yaml").toString(), "--json"));
        arguments.addAll(List.of("--data", directory.resolve("data").toString()));
        return new CommandResult(Shell.execute(environment, arguments.toArray(String[]::new)));
    }

    private void answer(HttpExchange exchange, RecordedRequest request, int number) throws IOException {
        request.headers().forEach((name, value) -> {
            if (PROOFS.contains(name)) {
                proofs.add(value);
            }
        });
        if (request.target().startsWith("/v3/auth/tokens") && deniesTokens) {
            StubService.answer(401, echo(request, "401")).answer(exchange, request, number);
        } else if (request.target().startsWith("/v3/auth/tokens")) {
            StubService.answer(201, "{}", "X-Subject-Token", TOKEN).answer(exchange, request, number);
        } else if (request.target().equals(HOOK)) {
            StubService.answer(200, "").answer(exchange, request, number);
        } else if (deniesAll) {
            StubService.answer(401, echo(request, "APIG.0301")).answer(exchange, request, number);
        } else if (request.method().equals("POST")) {
            StubService.answer(400, echo(request, "SMS.7711"), "X-Request-Id", "r-" + header(proof(request)))
                    .answer(exchange, request, number);
        } else {
            StubService.answer(200, list(request)).answer(exchange, request, number);
        }
    }

    private String list(RecordedRequest request) {
        var page = JSON.createObjectNode();
        if (request.target().startsWith("/v3/tasks")) {
            page.put("count", 0).putArray("tasks");
            return page.toString();
        }
        page.put("count", 3);
        var servers = page.putArray("source_servers");
        server(servers.addObject(), 1, "app-1");
        server(servers.addObject(), 2, "app-2");
        server(servers.addObject(), 3, "name-" + proof(request));
        return page.toString();
    }

    private static void server(ObjectNode server, int number, String name) {
        server.put("id", "source-" + number)
                .put("name", name)
                .put("ip", "10.0.0." + number)
                .put("state", "waiting")
                .put("migration_cycle", "setting")
                .put("connected", true)
                .putObject("current_task")
                .put("id", "task-" + number)
                .put("state", "READY");
    }

    private static String proof(RecordedRequest request) {
        return request.headers()
                .getOrDefault("x-auth-token", request.headers().getOrDefault("authorization", request.body()));
    }

    /** Replaces line breaks, since a header has one line. */
    private static String header(String text) {
        return text.replaceAll("\\R", " ");
    }

    /** The request in every encoding of a service. */
    private String echo(RecordedRequest request, String code) {
        var echoed = request.method() + " " + request.target() + " " + request.headers() + " " + known + " "
                + service.url() + HOOK;
        var bytes = echoed.getBytes(StandardCharsets.UTF_8);
        var form = URLEncoder.encode(proof(request) + known, StandardCharsets.UTF_8);
        var error = JSON.createObjectNode().put("error_code", code);
        error.put("error_msg", "echo " + proof(request) + " and " + echoed);
        error.putArray("error_param").add(form).add(form.replace("%2F", "%2f").replace("%2B", "%2b"));
        error.put("encoded_authorization_message", Base64.getEncoder().encodeToString(bytes));
        var details = error.putArray("details");
        for (var text : List.of(
                Base64.getUrlEncoder().encodeToString(("x" + echoed).getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(form, StandardCharsets.UTF_8),
                JSON.writeValueAsString(JSON.writeValueAsString(echoed)))) {
            details.addObject().put("error_code", code).put("error_msg", text);
        }
        return error.toString().replace("/", "\\/").replace("+", "\\u002b");
    }
}
