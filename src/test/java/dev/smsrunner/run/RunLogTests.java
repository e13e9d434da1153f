package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/** Log injection: external text cannot forge a line of the run log, as text or JSON. */
class RunLogTests {

    private static final Pattern LINE = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT.*Z (INFO|WARN|ERROR) .*");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FORGED =
            "x\n2026-11-21T22:00:00.000Z INFO  [main] forged\r\u2028\u001b[2J\u009b2J\u0085\u202eend ${jndi:ldap://x}";

    @TempDir
    Path data;

    private List<String> logged(Runnable what) throws IOException {
        var log = RunLog.open(data, "run-1");
        try (log) {
            what.run();
        }
        return Files.readAllLines(data.resolve("logs/run-1.log"));
    }

    @Test
    void messageIsOneLine() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x").info("server {}", FORGED));

        assertThat(lines).hasSize(1).allMatch(line -> LINE.matcher(line).matches());
        assertThat(lines.get(0))
                .contains("x?2026")
                .contains("${jndi:ldap://x}")
                .doesNotContain("\u001b", "\u202e", "\u009b", "\u0085");
    }

    @Test
    void exceptionMessageForgesNoLine() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x")
                .warn("failed", new IllegalStateException(FORGED, new IOException(FORGED))));

        assertThat(lines.stream().filter(line -> LINE.matcher(line).matches())).hasSize(1);
        assertThat(lines.subList(1, lines.size()))
                .as("the trace is still one")
                .anyMatch(line -> line.startsWith("\tat "))
                .anyMatch(line -> line.startsWith("Caused by: java.io.IOException"))
                .allMatch(line -> line.matches("^(\\tat |\\t\\.\\.\\. |Caused by: |java\\.lang\\.IllegalState).*"));
        assertThat(String.join("", lines)).doesNotContain("\u001b", "\u202e", "\u009b", "\u0085");
    }

    @Test
    void longTextIsCut() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x").info("{}", "a".repeat(50_000)));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.length()).isBetween(2_000, 2_200));
    }

    private List<String> loggedAsJson(Runnable what) throws IOException {
        var log = RunLog.open(data, "run-1", Map.of("SMS_RUNNER_LOG_FORMAT", "json"));
        try (log) {
            what.run();
        }
        return Files.readAllLines(data.resolve("logs/run-1.log"));
    }

    @Test
    void jsonEventIsOneObject() throws IOException {
        var lines = loggedAsJson(() -> {
            LoggerFactory.getLogger("a.b.C").info("server {}", FORGED + "\u007f\u0085\"}");
            LoggerFactory.getLogger("a.b.C").warn("failed", new IllegalStateException(FORGED, new IOException(FORGED)));
        });

        assertThat(lines).hasSize(2).allMatch(line -> line.matches("[ -~]+"), "printable ASCII");
        var event = JSON.readTree(lines.get(0));
        assertThat(event.path("message").asString()).isEqualTo("server " + FORGED + "?\u0085\"}");
        assertThat(event.path("level").asString()).isEqualTo("INFO");
        assertThat(event.path("logger").asString()).isEqualTo("a.b.C");
        assertThat(event.path("run").asString()).isEqualTo("run-1");
        assertThat(Instant.parse(event.path("at").asString())).isNotNull();
        var failure = JSON.readTree(lines.get(1)).path("failure");
        assertThat(failure.findValuesAsString("type"))
                .containsExactly("java.lang.IllegalStateException", "java.io.IOException");
        assertThat(failure.findValuesAsString("message")).containsExactly(FORGED, FORGED);
        assertThat(failure.path(0).path("at").size()).isBetween(2, 12);
    }

    @Test
    void longTextInJsonIsCut() throws IOException {
        var lines = loggedAsJson(
                () -> LoggerFactory.getLogger("x").info("{}", "a".repeat(50_000), new IOException("b".repeat(50_000))));

        var event = JSON.readTree(lines.get(0));
        assertThat(event.path("message").asString()).hasSize(2_000);
        assertThat(event.path("failure").path(0).path("message").asString()).hasSize(2_000);
    }
}
