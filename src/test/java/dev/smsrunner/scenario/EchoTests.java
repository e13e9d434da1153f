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

/** A service that repeats in its answers what it was asked with, however it writes that: no secret of the operator comes out again. */
class EchoTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKEN = "MIIEvAYJKoZIhvcNAQcCoIIErTCCBKkC/canary+token=of&the\"night";
    private static final String HOOK = "/hook/canaryHook0123456789";
    private static final List<String> LOGGERS = List.of("dev.smsrunner", "org.springframework", "com.zaxxer", "jdk");

    /** Headers that prove who we are, in lower case. */
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
    void aTokenIsNotRepeated() throws IOException {
        tell("token", Map.of("HUAWEICLOUD_AUTH_TOKEN", TOKEN), TOKEN);
    }

    @Test
    void keysAndSignaturesAreNotRepeated() throws IOException {
        tell(
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
    void aPasswordAndTheTokenThatItGaveAreNotRepeated() throws IOException {
        tell(
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

    /** A run in which each call that changes something is answered with itself, then one in which every call is. */
    private void tell(String auth, Map<String, String> environment, String... secrets) throws IOException {
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

        var told = command(whole, "run").exits(1);
        assertThat(told.outcomes()).containsExactly(entry("FAILED", 2), entry("REJECTED", 1));
        assertThat(told.report().get("app-1").get("reason")).contains("HTTP 400 echo", "****");
        assertThat(told.report().get("app-1")).containsEntry("error_code", "SMS.7711");
        assertThat(told.report().get("ghost-1").get("reason")).contains("Similar: name-", "****");
        deniesAll = true;
        var denied = command(whole, "plan").exits(4).says("HTTP 401", "echo", "****");
        deniesTokens = true;
        known = secrets[0]; // a token of an earlier command is not known to this one
        var noToken = command(whole, "plan").exits(4).says("HTTP 401", "echo", "****");

        var all = new ArrayList<>(List.of(secrets));
        all.add(service.url() + HOOK);
        proofs.forEach(proof -> all.add(proof.replaceFirst(".*Signature=", "")));
        assertThat(proofs).isNotEmpty();
        var canaries = new SecretCanaries(all.toArray(String[]::new));
        for (var said : List.of(told.out(), told.err(), denied.out(), denied.err(), noToken.out(), noToken.err())) {
            canaries.areNotIn("the console", said);
        }
        canaries.areNotUnder(directory);
        assertThat(Files.readString(directory.resolve("data/logs/" + told.runId() + ".log")))
                .as("everything is logged")
                .containsPattern("(?m)^\\S+ DEBUG ");
    }

    private CommandResult command(Map<String, String> environment, String command) {
        var words =
                new ArrayList<>(List.of(command, directory.resolve("job.yaml").toString(), "--json"));
        words.addAll(List.of("--data", directory.resolve("data").toString()));
        return new CommandResult(Shell.execute(environment, words.toArray(String[]::new)));
    }

    private void answer(HttpExchange exchange, RecordedRequest asked, int number) throws IOException {
        asked.headers().forEach((name, value) -> {
            if (PROOFS.contains(name)) {
                proofs.add(value);
            }
        });
        if (asked.target().startsWith("/v3/auth/tokens") && deniesTokens) {
            StubService.answer(401, echo(asked, "401")).answer(exchange, asked, number);
        } else if (asked.target().startsWith("/v3/auth/tokens")) {
            StubService.answer(201, "{}", "X-Subject-Token", TOKEN).answer(exchange, asked, number);
        } else if (asked.target().equals(HOOK)) {
            StubService.answer(200, "").answer(exchange, asked, number);
        } else if (deniesAll) {
            StubService.answer(401, echo(asked, "APIG.0301")).answer(exchange, asked, number);
        } else if (asked.method().equals("POST")) {
            StubService.answer(400, echo(asked, "SMS.7711"), "X-Request-Id", "r-" + header(proof(asked)))
                    .answer(exchange, asked, number);
        } else {
            StubService.answer(200, list(asked)).answer(exchange, asked, number);
        }
    }

    private String list(RecordedRequest asked) {
        var page = JSON.createObjectNode();
        if (asked.target().startsWith("/v3/tasks")) {
            page.put("count", 0).putArray("tasks");
            return page.toString();
        }
        page.put("count", 3);
        var servers = page.putArray("source_servers");
        server(servers.addObject(), 1, "app-1");
        server(servers.addObject(), 2, "app-2");
        server(servers.addObject(), 3, "name-" + proof(asked));
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

    private static String proof(RecordedRequest asked) {
        return asked.headers()
                .getOrDefault("x-auth-token", asked.headers().getOrDefault("authorization", asked.body()));
    }

    /** A header has one line. */
    private static String header(String text) {
        return text.replaceAll("\\R", " ");
    }

    /** The request, in each way in which a service may write it. */
    private String echo(RecordedRequest asked, String code) {
        var request = asked.method() + " " + asked.target() + " " + asked.headers() + " " + known + " " + service.url()
                + HOOK;
        var bytes = request.getBytes(StandardCharsets.UTF_8);
        var form = URLEncoder.encode(proof(asked) + known, StandardCharsets.UTF_8);
        var error = JSON.createObjectNode().put("error_code", code);
        error.put("error_msg", "echo " + proof(asked) + " and " + request);
        error.putArray("error_param").add(form).add(form.replace("%2F", "%2f").replace("%2B", "%2b"));
        error.put("encoded_authorization_message", Base64.getEncoder().encodeToString(bytes));
        var details = error.putArray("details");
        for (var text : List.of(
                Base64.getUrlEncoder().encodeToString(("x" + request).getBytes(StandardCharsets.UTF_8)),
                HexFormat.of().formatHex(bytes),
                URLEncoder.encode(form, StandardCharsets.UTF_8),
                JSON.writeValueAsString(JSON.writeValueAsString(request)))) {
            details.addObject().put("error_code", code).put("error_msg", text);
        }
        return error.toString().replace("/", "\\/").replace("+", "\\u002b");
    }
}
