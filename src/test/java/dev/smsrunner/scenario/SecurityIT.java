package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The packaged program keeps its secrets, whatever is logged and whoever answers. */
class SecurityIT extends Story {

    private static final String PASSWORD = "canary:data+base/pass=word&\"";

    private final Home home = Home.postgres();

    @TempDir
    Path certificates;

    @Override
    Home home() {
        return home;
    }

    /** Each form in which a secret could be written. */
    private static Stream<String> shapes(String secret) {
        return Stream.of(
                secret,
                secret.replace("\"", "\\\""),
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void noSecretIsLeftAnywhereThoughEverythingIsLogged() throws Exception {
        var night = night(3).server("erp-app-02", "fail-always: true, fail-code: SMS.6617")
                .environment("SMS_RUNNER_LOG_LEVEL", "TRACE")
                .environment("HTTPS_PROXY", "http://someone:" + PASSWORD + "@127.0.0.1:1")
                .environment("SMS_RUNNER_DB_PASSWORD", PASSWORD);
        var secrets = Stream.concat(Stream.concat(shapes(Night.ACCESS_KEY), shapes(Night.SECRET_KEY)), shapes(PASSWORD))
                .toArray(String[]::new);

        Told told;
        try (var child = Child.running(night)) {
            child.until("it is at work", () -> !night.cloud().creates().isEmpty());
            var words = Files.readString(Path.of("/proc/" + child.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            assertThat(words).as("the process table").doesNotContain(secrets);
            told = child.ended().exits(1);
        }

        assertThat(told.out() + told.err()).doesNotContain(secrets);
        assertThat(Files.readString(log(night, told), StandardCharsets.UTF_8))
                .as("everything is logged")
                .containsPattern("(?m)^\\S+ (TRACE|DEBUG) ");
        night.leftNowhere(secrets);
        assertThat(everyCell()).isNotEmpty().doesNotContain(secrets);
    }

    private static Path log(Night night, Told told) {
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nobody knows its issuer   | -validity 10                    | ip:127.0.0.1 | false | unable to find valid certification path
            it is somebody else's     | -validity 10                    | ip:127.0.0.2 | true  | No subject alternative names matching IP address 127.0.0.1
            """)
    void aServerWithAWrongCertificateLearnsNothing(
            String why, String validity, String owner, boolean trusted, String said) throws Exception {
        var store = certificate(validity, owner);
        var heard = new AtomicInteger();
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.close();
        });
        server.start();
        try {
            var night = night(1).job(
                            "service.endpoint",
                            "https://127.0.0.1:" + server.getAddress().getPort());
            if (trusted) {
                night.environment(
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=changeit");
            }
            night.begins();
            try (var child = Child.started(night, "plan", night.jobFile().toString())) {
                child.ended().exits(4).says("no TLS connection", said);
            }
            assertThat(heard).as("requests that reached it").hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private Path certificate(String validity, String owner) throws Exception {
        var store = certificates.resolve("store-" + owner.replaceAll("\\W", "") + validity.hashCode() + ".p12");
        var words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=sms",
                "-ext",
                "san=" + owner,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit"));
        words.addAll(List.of(validity.strip().split(" ")));
        var keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        var out = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).as(out).isZero();
        return store;
    }

    private static SSLContext context(Path store) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        var manager = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        manager.init(keys, "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(manager.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void everythingItWritesIsItsOwnersOnlyUnderAnOpenUmask() throws Exception {
        var night = night(2);

        night.begins();
        try (var child = Child.withUmask("000", night, "run", night.jobFile().toString())) {
            child.ended().exits(0);
        }

        try (var files = Files.walk(night.directory())) {
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

    @Test
    void theJarSaysWhatItIsMadeOf() throws IOException {
        try (var jar = new JarFile(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));
                var in = jar.getInputStream(jar.getJarEntry("META-INF/sbom/application.cdx.json"))) {
            var sbom = JsonMapper.builder().build().readTree(in);

            assertThat(sbom.path("bomFormat").asString()).isEqualTo("CycloneDX");
            assertThat(sbom.path("components").findValuesAsString("name"))
                    .contains("spring-batch-core", "h2", "postgresql", "opencsv", "picocli")
                    .doesNotContain("junit-jupiter", "huaweicloud-sdk-core");
        }
    }
}
