package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReaderHeaderAware;
import dev.smsrunner.ledger.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Consistency of all report formats with each other and with {@code status}. */
class SameNumbersTests {

    @TempDir
    static Path directory;

    static SampleLedger sample;
    static RunReport report;
    static List<Map<String, String>> csv;
    static JsonNode json;
    static List<Map<String, Object>> xlsx;
    static HtmlPage page;

    @BeforeAll
    static void writeAll() throws Exception {
        sample = new SampleLedger(directory);
        new RealisticRun(sample, 120).fill();
        var files = sample.reporter().write(sample.run());
        report = RunReport.of(sample.run(), sample.ledger());
        csv = csv(files.csv());
        json = new JsonMapper().readTree(files.json());
        xlsx = xlsx(files.xlsx());
        page = HtmlPage.read(files.html());
    }

    @AfterAll
    static void close() {
        sample.close();
    }

    @Test
    void outcomesAreEqual() {
        var expected = new TreeMap<String, Integer>();
        report.rows().forEach(row -> expected.merge(row.outcome().name(), 1, Integer::sum));
        assertThat(expected).containsKeys("MIGRATED", "FAILED", "REJECTED");

        assertThat(count(csv.stream().map(row -> row.get("outcome")).toList())).isEqualTo(expected);
        assertThat(count(json.at("/rows").findValuesAsString("outcome"))).isEqualTo(expected);
        assertThat(count(xlsx.stream().map(row -> row.get("outcome").toString()).toList()))
                .isEqualTo(expected);
        for (var outcome : Outcome.values()) {
            assertThat(report.summary().count(outcome)).isEqualTo(expected.getOrDefault(outcome.name(), 0));
            assertThat(json.at("/outcome/" + outcome).asInt())
                    .isEqualTo(report.summary().count(outcome));
            assertThat(tile(outcome.name())).isEqualTo(report.summary().count(outcome));
            assertThat(page.in("rows").elements("tr").stream()
                            .filter(row -> row.getAttribute("data-o").equals(outcome.name())))
                    .hasSize(report.summary().count(outcome));
        }
        assertThat(tile("all")).isEqualTo(120);
    }

    @Test
    void rowValuesAreEqual() {
        for (int at = 0; at < 120; at++) {
            var status = new JsonMapper().valueToTree(report.rows().get(at).json());
            var row = json.at("/rows/" + at);
            for (var column : ReportRow.COLUMNS) {
                var value = row.get(column);
                assertThat(status.get(column).asString("")).as(column).isEqualTo(value.asString(""));
                assertThat(csv.get(at).get(column)).as(column).isEqualTo(value.asString(""));
                assertThat(xlsx(at, column)).as(column).isEqualTo(value.asString(""));
            }
            for (var column : ReportData.EXTRA_COLUMNS) {
                assertThat(csv.get(at).get(column))
                        .as(column)
                        .isEqualTo(row.get(column).asString(""));
                assertThat(xlsx(at, column))
                        .as(column)
                        .isEqualTo(row.get(column).asString(""));
            }
        }
    }

    @Test
    void pageRowsAreEqual() {
        var rows = page.in("rows").rows();
        for (int at = 0; at < 120; at++) {
            var cells = rows.get(at + 1);
            var row = json.at("/rows/" + at);
            assertThat(cells.get(0)).isEqualTo(row.get("line").asString());
            assertThat(cells.get(1)).isEqualTo(row.get("server_name").asString());
            assertThat(cells.get(4)).endsWith(row.get("outcome").asString());
            assertThat(cells.get(6)).isEqualTo(plain(row.get("started_at")));
            assertThat(cells.get(7)).isEqualTo(plain(row.get("finished_at")));
            assertThat(cells.get(9)).isEqualTo(row.get("attempts").asString());
        }
    }

    @Test
    void lastErrorIncludesErrorsResolvedByARestart() {
        var restarted = csv.stream()
                .filter(row -> row.get("outcome").equals("MIGRATED")
                        && row.get("attempts").equals("2"))
                .toList();

        assertThat(restarted).isNotEmpty().allSatisfy(row -> {
            assertThat(row.get("error_text")).isEmpty();
            assertThat(row.get("last_error"))
                    .isEqualTo("MIGRATE_FAIL with SMS.0203: The migration of %s failed."
                            .formatted(row.get("server_name")));
        });
    }

    @Test
    void causesAreEqual() throws IOException {
        var expected =
                report.failures().stream().map(cause -> cause.rows().size()).toList();

        assertThat(json.at("/failures")
                        .valueStream()
                        .map(cause -> cause.get("count").asInt()))
                .isEqualTo(expected);
        assertThat(page.in("needs").texts("h3").stream()
                        .filter(title -> title.contains(" × "))
                        .map(title -> Integer.valueOf(title.substring(0, title.indexOf(' ')))))
                .isEqualTo(expected);
    }

    @Test
    void wavesAreEqual() {
        var rows = page.in("waves").rows();
        var waves = report.stageCounts().waves();
        for (int at = 0; at < waves.size(); at++) {
            var wave = waves.get(at);
            assertThat(rows.get(at + 1).subList(0, 5))
                    .isEqualTo(List.of(
                            wave.name(),
                            "" + wave.rows(),
                            "" + (wave.closedRows() - wave.failedRows()),
                            "" + wave.failedRows(),
                            "" + wave.openRows()));
        }
    }

    @Test
    void chartCountsEveryEndOnce() {
        var time = new TimeScale(sample.run().createdAt(), report.run().endedAt(), 0, 100);
        var chart = new StageChart(ReportData.of(report, sample.ledger()), time);

        assertThat(chart.endCounts().stream().mapToInt(StageChart.EndCount::all).sum())
                .isEqualTo(120);
    }

    private static int tile(String outcome) {
        return page.elements("b").stream()
                .filter(tile -> tile.getAttribute("data-outcome").equals(outcome))
                .map(tile -> Integer.valueOf(tile.getTextContent()))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Integer> count(List<String> values) {
        return values.stream().collect(Collectors.toMap(value -> value, value -> 1, Integer::sum, TreeMap::new));
    }

    private static String plain(JsonNode instant) {
        return instant.isNull() ? "" : ReportFormats.plain(Instant.parse(instant.asString()));
    }

    /** A workbook cell in the format of the other reports. */
    private static String xlsx(int at, String column) {
        var value = xlsx.get(at).get(column);
        if (value instanceof LocalDateTime time) {
            return ReportFormats.seconds(time.toInstant(ZoneOffset.UTC).plusMillis(2));
        }
        if (value instanceof Double number) {
            return Long.toString(Math.round(number));
        }
        return value == null ? "" : value.toString();
    }

    private static List<Map<String, String>> csv(Path file) throws Exception {
        var rows = new ArrayList<Map<String, String>>();
        try (var reader = new CSVReaderHeaderAware(Files.newBufferedReader(file))) {
            for (var row = reader.readMap(); row != null; row = reader.readMap()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> xlsx(Path file) throws IOException {
        try (var book = new ReadableWorkbook(file.toFile())) {
            return XlsxReportTests.rows(book.findSheet("Servers").orElseThrow());
        }
    }
}
