package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.smsrunner.cli.OpenPage;
import dev.smsrunner.cloud.StubService;
import dev.smsrunner.dashboard.Browser;
import dev.smsrunner.support.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Secrets and file permissions of the packaged program, with full logging and untrusted servers. */
class SecurityIT extends ScenarioTest {

    private static final String PASSWORD = "canary:data+base/pass=word&\"";

    private static final String HOOK = "canaryHook0123456789";
    private static final String PROXY = "canaryProxy=0123456789";
    private static final SecretCanaries OURS =
            new SecretCanaries(Scenario.ACCESS_KEY, Scenario.SECRET_KEY, PASSWORD, HOOK);
    private static final SecretCanaries CANARIES =
            new SecretCanaries(Scenario.ACCESS_KEY, Scenario.SECRET_KEY, PASSWORD, HOOK, PROXY);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final StoryDatabase home = StoryDatabase.postgres();

    @TempDir
    Path certificates;

    @TempDir
    Path embedded;

    @Override
    StoryDatabase home() {
        return home;
    }

    @Test
    void noSecretIsWrittenWithFullLogging() throws Exception {
        try (var webhook = new StubService()) {
            var scenario = traced(scenario(3))
                    .environment("SMS_RUNNER_DB_PASSWORD", PASSWORD)
                    .environment("SMS_RUNNER_WEBHOOK_URL", webhook.url() + "/hook/" + HOOK)
                    .job("notify.command", hook().toString());

            CommandResult result;
            try (var child = ChildProcess.run(scenario)) {
                child.until("it is at work", () -> !scenario.cloud().creates().isEmpty());
                CANARIES.assertAbsentIn("the process table", process(child.pid(), "cmdline"));
                result = child.awaitEnd().exits(1);
            }

            assertThat(webhook.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> CANARIES.assertAbsentIn("a message", request.body()));
            assertThat(Files.readString(hookOutput(), StandardCharsets.ISO_8859_1))
                    .as("arguments, environment and input of the notified program")
                    .contains("PATH=", "\"run_id\"");
            assertThat(Files.readString(log(scenario, result), StandardCharsets.UTF_8))
                    .as("everything is logged")
                    .containsPattern("(?m)^\\S+ (TRACE|DEBUG) ");
            assertClean(scenario, result);
            assertThat(everyCell()).isNotEmpty();
            CANARIES.assertAbsentIn("the database", everyCell());
        }
    }

    /** Logs everything, including the JDK's HTTP client, and puts temporary files below the directory. */
    private Scenario traced(Scenario scenario) {
        return scenario.server("erp-app-02", "fail-always: true, fail-code: SMS.6617")
                .environment("SMS_RUNNER_LOG_LEVEL", "TRACE")
                .environment("HTTPS_PROXY", "http://someone:" + PROXY + "@127.0.0.1:1")
                .environment(
                        "JAVA_TOOL_OPTIONS",
                        "-Djdk.httpclient.HttpClient.log=all -Djava.io.tmpdir=" + scenario.directory());
    }

    /** A program that records its arguments, environment and input. */
    private Path hook() throws IOException {
        var program = Files.writeString(
                certificates.resolve("hook"),
                "#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ - >> \"%s\"\n".formatted(hookOutput()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private Path hookOutput() {
        return certificates.resolve("hook.out");
    }

    private static String process(long pid, String part) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/" + part), StandardCharsets.ISO_8859_1);
    }

    private void assertClean(Scenario scenario, CommandResult result) throws IOException {
        CANARIES.assertAbsentIn("the console", result.out() + result.err());
        CANARIES.assertAbsentUnder(scenario.directory());
        // the notified program also receives the proxy of the environment
        OURS.assertAbsentUnder(certificates);
        try (var files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.matches("(hs_err.*|core.*|.*\\.hprof)"));
        }
    }

    private static Path log(Scenario scenario, CommandResult result) {
        return scenario.directory().resolve("data/logs/" + result.runId() + ".log");
    }

    /** The content of all tables as text. */
    private String everyCell() throws SQLException {
        var text = new StringBuilder();
        try (var admin = connect();
                var tables = admin.createStatement();
                var names = tables.executeQuery(
                        "select table_name from information_schema.tables where table_schema = 'public'")) {
            while (names.next()) {
                try (var rows = admin.createStatement();
                        var cells = rows.executeQuery("select t::text from " + names.getString(1) + " t")) {
                    while (cells.next()) {
                        text.append(cells.getString(1)).append('\n');
                    }
                }
            }
        }
        return text.toString();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(home.url(), home.environment().get("SMS_RUNNER_DB_USER"), "");
    }

    @Test
    void selfSignedServerReceivesNoRequest() throws Exception {
        var requests = new AtomicInteger();
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                CertificateAuthority.selfSigned("127.0.0.1").serving(0)));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            assertRefused(scenario(1), server.getAddress().getPort(), "unable to find valid certification path");
            assertThat(requests).as("requests that reached it").hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static void assertRefused(Scenario scenario, int port, String error) {
        scenario.job("service.endpoint", "https://127.0.0.1:" + port).prepare();
        try (var child = ChildProcess.start(scenario, "plan", scenario.jobFile().toString())) {
            child.awaitEnd().exits(4).prints("no TLS connection", error);
        }
    }

    /** The JDK of both sides allows all protocols, so only the product can refuse. */
    @Test
    void serverWithOldTlsReceivesNoRequest() throws Exception {
        var everything = Files.writeString(certificates.resolve("java.security"), "jdk.tls.disabledAlgorithms=\n");
        var root = CertificateAuthority.root();
        var keys = saved("server.p12", root.server("127.0.0.1").keyStore(1));
        var trusted = saved("trusted.p12", root.trusted());
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var old = new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.security.properties=" + everything,
                        "-Djavax.net.ssl.trustStore=" + trusted,
                        "-Djavax.net.ssl.trustStorePassword=" + CertificateAuthority.PASSWORD,
                        "-cp",
                        System.getProperty("java.class.path"),
                        OldServer.class.getName(),
                        keys.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = old.inputReader();
        try {
            int port = Integer.parseInt(String.valueOf(output.readLine()));
            assertThat(output.readLine()).as("connection of an old client").isEqualTo("connected TLSv1.1");
            var scenario = scenario(1)
                    .environment(
                            "JAVA_TOOL_OPTIONS",
                            "-Djava.security.properties=" + everything + " -Djavax.net.ssl.trustStore=" + trusted
                                    + " -Djavax.net.ssl.trustStorePassword=" + CertificateAuthority.PASSWORD);

            assertRefused(scenario, port, "protocol_version");

            assertThat(output.ready()).as("a further connection").isFalse();
        } finally {
            old.destroyForcibly();
        }
    }

    private Path saved(String name, KeyStore store) throws Exception {
        var file = certificates.resolve(name);
        try (var out = Files.newOutputStream(file)) {
            store.store(out, CertificateAuthority.PASSWORD.toCharArray());
        }
        return file;
    }

    @Test
    void filesAreOwnerOnlyUnderAnOpenUmask() throws Exception {
        var scenario =
                traced(Scenario.of(3, embedded, StoryDatabase.embedded())).environment("SMS_RUNNER_LOG_FORMAT", "json");

        CommandResult result;
        scenario.prepare();
        try (scenario;
                var child = ChildProcess.startWithUmask(
                        "000", scenario, "run", scenario.jobFile().toString(), "--json", "--dashboard=0")) {
            child.until("it is at work", () -> !scenario.cloud().creates().isEmpty());
            result = child.awaitEnd().exits(1);
        }

        assertPrivate(scenario.directory());
        assertClean(scenario, result);
        assertThat(Files.readAllLines(log(scenario, result)))
                .allSatisfy(line ->
                        assertThat(JSON.readTree(line).path("run").asString()).isEqualTo(result.runId()))
                .anyMatch(line -> line.contains("\"level\":\"DEBUG\""));
        try (var page = new OpenPage(scenario.data())) {
            CANARIES.assertAbsentIn(
                    "the live page", pageData(new Browser(page.address()).openSession(), result.runId()));
        }
    }

    private static void assertPrivate(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(SecurityIT::isOurs).toList()) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                        .as(file.toString())
                        .endsWith("------");
            }
        }
    }

    /** Excludes files of the test itself. */
    private static boolean isOurs(Path file) {
        return Stream.of("/data/", "/reports/").anyMatch(part -> (file + "/").contains(part));
    }

    /** All data of the page about a run. */
    private static String pageData(Browser page, String run) {
        var of = "/api/runs/" + run;
        return Stream.of("/api/runs", of, of + "/servers", of + "/history", of + "/controls", of + "/servers/1")
                .map(path -> page.read(path).toString())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void jarContainsItsSbom() throws IOException {
        try (var jar = new JarFile(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));
                var in = jar.getInputStream(jar.getJarEntry("META-INF/sbom/application.cdx.json"))) {
            var sbom = JSON.readTree(in);

            assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
            assertThat(sbom.path("components").findValuesAsString("name"))
                    .contains("spring-batch-core", "h2", "postgresql", "opencsv", "picocli")
                    .doesNotContain("junit-jupiter", "huaweicloud-sdk-core", "bcprov-jdk18on");
            assertThat(sbom.path("components")).hasSizeGreaterThan(30).allSatisfy(component -> {
                assertThat(component.path("version").asString())
                        .as(component.toString())
                        .matches("\\d.*");
                assertThat(component.path("purl").asString()).startsWith("pkg:maven/");
                assertThat(component.path("hashes")).as(component.toString()).isNotEmpty();
            });
        }
    }
}
