package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smsrunner.support.CallCounts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** The metrics of a run over HTTP. */
class RunMetricsTests {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef-canary";
    private static final String PARSER = "import sys\n"
            + "from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse\n"
            + "print(sum(len(family.samples) for family in parse(sys.stdin.read())))";

    @TempDir
    private Path directory;

    private final CallCounts calls = new CallCounts();

    @Test
    void metricsCountRowsCallsAndTheHolder() throws IOException {
        calls.record("ShowTask", 200, false);
        calls.record("ShowTask", 429, true);
        calls.record("CreateTask", 0, false);
        try (var shown = new LivePageFixture(directory, ProgramAccess.none().withMetrics(calls::snapshot))) {
            shown.ledger().plan(3);
            shown.expireView();

            var text = text(get(shown, null));

            assertThat(text)
                    .contains("sms_runner_calls_total{operation=\"ShowTask\",result=\"ok\"} 1")
                    .contains("sms_runner_calls_total{operation=\"ShowTask\",result=\"throttled\"} 1")
                    .contains("sms_runner_calls_total{operation=\"CreateTask\",result=\"no_answer\"} 1")
                    .contains("sms_runner_lease_held{host=\"ops-1\"} 1")
                    .containsPattern("sms_runner_rows\\{stage=\"PLANNED\",wave=\"[^\"]*\"} [123]")
                    .contains("sms_runner_run_info{")
                    .endsWith("# EOF\n");
            assertThat(text).doesNotContain("server-1").doesNotContain("source-1");
        }
    }

    @Test
    void seriesAreLimited() throws IOException {
        for (int operation = 0; operation < 200; operation++) {
            calls.record("Operation" + operation, 200, false);
        }
        try (var shown = new LivePageFixture(directory, ProgramAccess.none().withMetrics(calls::snapshot))) {
            shown.ledger().plan(60);
            var sql = new JdbcTemplate(shown.ledger().database().source());
            sql.update("update migration set wave = 'wave-' || row_no");
            shown.expireView();

            var samples = text(get(shown, null))
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();

            assertThat(samples).hasSizeBetween(100, RunMetrics.MAX_SERIES);
            assertThat(samples)
                    .anyMatch(line -> line.startsWith("sms_runner_rows{stage=\"PLANNED\",wave=\"other\"} 50"));
            assertThat(samples).anyMatch(line -> line.startsWith("sms_runner_calls_total{operation=\"other\""));
            assertThat(samples).doesNotHaveDuplicates();
        }
    }

    @Test
    void tokenOfTheApiProtectsTheMetrics() throws IOException {
        var access = ProgramAccess.of(Map.of(ProgramAccess.VARIABLE, TOKEN)).withMetrics(calls::snapshot);
        try (var shown = new LivePageFixture(directory, access)) {
            shown.ledger().plan(1);

            assertThat(get(shown, null).statusCode()).isEqualTo(401);
            assertThat(get(shown, "Bearer " + TOKEN).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void thereAreNoMetricsWithoutTheOption() throws IOException {
        try (var shown = new LivePageFixture(directory)) {
            assertThat(get(shown, null).statusCode()).isEqualTo(404);
        }
    }

    /** The parser of Prometheus' client for Python: {@code pip install prometheus_client}, {@code TEST_PYTHON} names another python. */
    @Test
    void parserOfPrometheusAcceptsTheText() throws Exception {
        var python = Objects.requireNonNullElse(System.getenv("TEST_PYTHON"), "python3");
        assumeTrue(exitCode(python, "import prometheus_client.openmetrics.parser", "") == 0, "needs prometheus_client");
        calls.record("ShowTask", 200, false);
        try (var shown = new LivePageFixture(directory, ProgramAccess.none().withMetrics(calls::snapshot))) {
            shown.ledger().plan(3);
            var sql = new JdbcTemplate(shown.ledger().database().source());
            sql.update("update migration set wave = 'a \"b\" \\c' where row_no = 2");
            shown.expireView();

            assertThat(exitCode(python, PARSER, text(get(shown, null)))).isZero();
        }
    }

    private static int exitCode(String python, String program, String input) throws InterruptedException {
        try {
            var process = new ProcessBuilder(List.of(python, "-c", program))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return process.waitFor();
        } catch (IOException ex) {
            return -1;
        }
    }

    private static String text(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
        return answer.body();
    }

    private static HttpResponse<String> get(LivePageFixture shown, String authorization) {
        var client = shown.browser();
        var request = client.request("/metrics");
        return client.send((authorization == null ? request : request.header("Authorization", authorization)).GET());
    }
}
