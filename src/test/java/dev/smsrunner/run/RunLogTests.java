package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Nobody can forge a line of the log of a run. */
class RunLogTests {

    private static final Pattern LINE = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT.*Z (INFO|WARN|ERROR) .*");
    private static final String FORGED =
            "x\n2026-11-21T22:00:00.000Z INFO  [main] forged\r\u2028\u001b[2J\u202eend ${jndi:ldap://x}";

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
    void aMessageIsOneLine() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x").info("server {}", FORGED));

        assertThat(lines).hasSize(1).allMatch(line -> LINE.matcher(line).matches());
        assertThat(lines.get(0)).contains("x?2026").contains("${jndi:ldap://x}").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void theTextOfAFailureForgesNoLineEither() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x")
                .warn("failed", new IllegalStateException(FORGED, new IOException(FORGED))));

        assertThat(lines.stream().filter(line -> LINE.matcher(line).matches())).hasSize(1);
        assertThat(lines.subList(1, lines.size()))
                .as("the trace is still one")
                .anyMatch(line -> line.startsWith("\tat "))
                .anyMatch(line -> line.startsWith("Caused by: java.io.IOException"))
                .allMatch(line -> line.matches("^(\\tat |\\t\\.\\.\\. |Caused by: |java\\.lang\\.IllegalState).*"));
        assertThat(String.join("", lines)).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void whatComesFromOutsideIsCut() throws IOException {
        var lines = logged(() -> LoggerFactory.getLogger("x").info("{}", "a".repeat(50_000)));

        assertThat(lines)
                .singleElement()
                .satisfies(line -> assertThat(line.length()).isBetween(2_000, 2_200));
    }
}
