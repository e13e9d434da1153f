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

/** The packaged program keeps its secrets, whatever is logged and whoever answers. */
class SecurityIT extends Story {

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
    void noSecretIsLeftAnywhereThoughEverythingIsLogged() throws Exception {
        try (var webhook = new StubService()) {
            var night = traced(night(3))
                    .environment("SMS_RUNNER_DB_PASSWORD", PASSWORD)
                    .environment("SMS_RUNNER_WEBHOOK_URL", webhook.url() + "/hook/" + HOOK)
                    .job("notify.command", hook().toString());

            CommandResult told;
            try (var child = ChildProcess.running(night)) {
                child.until("it is at work", () -> !night.cloud().creates().isEmpty());
                CANARIES.areNotIn("the process table", process(child.pid(), "cmdline"));
                told = child.ended().exits(1);
            }

            assertThat(webhook.requests())
                    .isNotEmpty()
                    .allSatisfy(asked -> CANARIES.areNotIn("a message", asked.body()));
            assertThat(Files.readString(told(), StandardCharsets.ISO_8859_1))
                    .as("what the notified program was given: its words, environment and input")
                    .contains("PATH=", "\"run_id\"");
            assertThat(Files.readString(log(night, told), StandardCharsets.UTF_8))
                    .as("everything is logged")
                    .containsPattern("(?m)^\\S+ (TRACE|DEBUG) ");
            isClean(night, told);
            assertThat(everyCell()).isNotEmpty();
            CANARIES.areNotIn("the database", everyCell());
        }
    }

    /** Everything is logged, by the JDK's own client as well, and what is left among temporary files is seen. */
    private Scenario traced(Scenario night) {
        return night.server("erp-app-02", "fail-always: true, fail-code: SMS.6617")
                .environment("SMS_RUNNER_LOG_LEVEL", "TRACE")
                .environment("HTTPS_PROXY", "http://someone:" + PROXY + "@127.0.0.1:1")
                .environment(
                        "JAVA_TOOL_OPTIONS",
                        "-Djdk.httpclient.HttpClient.log=all -Djava.io.tmpdir=" + night.directory());
    }

    /** A program that writes down all that it is given. */
    private Path hook() throws IOException {
        var program = Files.writeString(
                certificates.resolve("hook"),
                "#!/bin/sh\ncat /proc/$$/cmdline /proc/$$/environ - >> \"%s\"\n".formatted(told()));
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return program;
    }

    private Path told() {
        return certificates.resolve("hook.told");
    }

    private static String process(long pid, String part) throws IOException {
        return Files.readString(Path.of("/proc/" + pid + "/" + part), StandardCharsets.ISO_8859_1);
    }

    private void isClean(Scenario night, CommandResult told) throws IOException {
        CANARIES.areNotIn("the console", told.out() + told.err());
        CANARIES.areNotUnder(night.directory());
        // the proxy of the environment is for the notified program as well
        OURS.areNotUnder(certificates);
        try (var files = Files.list(Path.of(""))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.matches("(hs_err.*|core.*|.*\\.hprof)"));
        }
    }

    private static Path log(Scenario night, CommandResult told) {
        return night.directory().resolve("data/logs/" + told.runId() + ".log");
    }

    /** All that the database holds, as text. */
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
    void aServerThatVouchesForItselfLearnsNothing() throws Exception {
        var heard = new AtomicInteger();
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(
                CertificateAuthority.selfSigned("127.0.0.1").serving(0)));
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            isRefused(night(1), server.getAddress().getPort(), "unable to find valid certification path");
            assertThat(heard).as("requests that reached it").hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static void isRefused(Scenario night, int port, String said) {
        night.job("service.endpoint", "https://127.0.0.1:" + port).begins();
        try (var child = ChildProcess.started(night, "plan", night.jobFile().toString())) {
            child.ended().exits(4).says("no TLS connection", said);
        }
    }

    /** Both sides run where the JDK has been set up to allow everything: only the product itself can refuse. */
    @Test
    void aServerOfYesterdaysTlsLearnsNothing() throws Exception {
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
        var said = old.inputReader();
        try {
            int port = Integer.parseInt(String.valueOf(said.readLine()));
            assertThat(said.readLine()).as("what a client of yesterday gets").isEqualTo("heard TLSv1.1");
            var night = night(1).environment(
                            "JAVA_TOOL_OPTIONS",
                            "-Djava.security.properties=" + everything + " -Djavax.net.ssl.trustStore=" + trusted
                                    + " -Djavax.net.ssl.trustStorePassword=" + CertificateAuthority.PASSWORD);

            isRefused(night, port, "protocol_version");

            assertThat(said.ready()).as("something else was heard").isFalse();
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
    void everythingItWritesIsItsOwnersOnlyUnderAnOpenUmask() throws Exception {
        var night =
                traced(Scenario.of(3, embedded, StoryDatabase.embedded())).environment("SMS_RUNNER_LOG_FORMAT", "json");

        CommandResult told;
        night.begins();
        try (night;
                var child = ChildProcess.withUmask(
                        "000", night, "run", night.jobFile().toString(), "--json", "--dashboard=0")) {
            child.until("it is at work", () -> !night.cloud().creates().isEmpty());
            told = child.ended().exits(1);
        }

        isPrivate(night.directory());
        isClean(night, told);
        assertThat(Files.readAllLines(log(night, told)))
                .allSatisfy(line ->
                        assertThat(JSON.readTree(line).path("run").asString()).isEqualTo(told.runId()))
                .anyMatch(line -> line.contains("\"level\":\"DEBUG\""));
        try (var page = new OpenPage(night.data())) {
            CANARIES.areNotIn("the live page", shown(new Browser(page.address()).openSession(), told.runId()));
        }
    }

    private static void isPrivate(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(SecurityIT::isOurs).toList()) {
                assertThat(PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS)))
                        .as(file.toString())
                        .endsWith("------");
            }
        }
    }

    /** Not what the test itself has put there. */
    private static boolean isOurs(Path file) {
        return Stream.of("/data/", "/reports/").anyMatch(part -> (file + "/").contains(part));
    }

    /** All that the page is told of a run. */
    private static String shown(Browser page, String run) {
        var of = "/api/runs/" + run;
        return Stream.of("/api/runs", of, of + "/servers", of + "/history", of + "/controls", of + "/servers/1")
                .map(path -> page.read(path).toString())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void theJarSaysWhatItIsMadeOf() throws IOException {
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
