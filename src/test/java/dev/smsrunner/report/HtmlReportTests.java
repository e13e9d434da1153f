package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.support.SuggestedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Content of {@code report.html}, parsed without a browser. */
class HtmlReportTests {

    private static final Set<String> ELEMENTS = Set.of(
            "a",
            "b",
            "bdi",
            "body",
            "code",
            "col",
            "colgroup",
            "details",
            "div",
            "form",
            "g",
            "h1",
            "h2",
            "h3",
            "head",
            "header",
            "html",
            "i",
            "input",
            "label",
            "li",
            "main",
            "meta",
            "nav",
            "option",
            "output",
            "p",
            "path",
            "script",
            "section",
            "select",
            "span",
            "style",
            "summary",
            "svg",
            "table",
            "tbody",
            "td",
            "text",
            "th",
            "thead",
            "time",
            "title",
            "tr",
            "ul",
            "button");

    @TempDir
    Path directory;

    @Test
    void finishedRunShowsOutcomesActionsAndCommands() throws IOException {
        try (var sample = new SampleLedger(directory)) {
            sample.finish(sample.fill());
            var page = page(sample);

            assertThat(page.texts("h1")).containsExactly("2 of 6 servers reached the goal, 4 did not");
            assertThat(page.in("needs").texts("h3"))
                    .contains("2 × ✕ FAILED ", "1 × ✕ FAILED SMS.0515", "1 × ⊘ REJECTED ");
            assertThat(page.in("needs").texts("p")).contains("Do: Delete the task and run 'rerun'.");
            assertThat(page.in("needs").texts("code"))
                    .containsExactly(
                            "sms-runner rerun 20261121-2200-7f3c",
                            "sms-runner run /jobs/migrate.yaml --inventory "
                                    + SuggestedCommands.quoted(sample.reports()
                                            .resolve("20261121-2200-7f3c/rerun.csv")
                                            .toString()),
                            "sms-runner status 20261121-2200-7f3c");
            assertThat(page.in("calls").texts("p")).contains("No call statistics were recorded for this run.");
            assertThat(page.in("changes").texts("td")).contains("CREATE", "req-5", "src-5");
        }
    }

    @Test
    void migratedServerWithDifferencesNeedsAttention() throws IOException {
        try (var sample = new SampleLedger(directory)) {
            var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
            var row = SampleLedger.row(1, 2, "erp-db-01", "");
            var differs = new Consistency(Consistency.State.DIFFERENT, 6, "/var: 6 missing", SampleLedger.BEGIN);
            sample.ledger().append(owner, List.of(row), List.of(new StoredInventoryLine(1, 2, Map.of())));
            var closed = row.withConsistency(differs)
                    .end(Outcome.MIGRATED, null, SampleLedger.BEGIN)
                    .withAttention(differs.sentence());
            sample.ledger().write(owner, List.of(LedgerWrite.of(closed, List.of())));
            sample.runs().end(owner, RunState.FINISHED);
            var page = page(sample);

            assertThat(page.in("needs").texts("h3")).contains("1 × needs attention");
            assertThat(page.in("needs").texts("li"))
                    .anySatisfy(text -> assertThat(text).contains("6 files are not the same", "/var: 6 missing"));
        }
    }

    @Test
    void runningRunShowsTheResumeCommand() throws IOException {
        try (var sample = new SampleLedger(directory)) {
            sample.fill();
            var page = page(sample);

            assertThat(page.in("needs").texts("code")).contains("sms-runner resume 20261121-2200-7f3c");
            assertThat(page.in("needs").texts("h3")).contains("2 × still open", "1 × needs attention");
        }
    }

    @Test
    void unchangedLedgerGivesTheSameBytes() throws IOException {
        try (var sample = new SampleLedger(directory)) {
            sample.fill();
            var first = Files.readAllBytes(write(sample));

            assertThat(write(sample)).hasBinaryContent(first);
        }
    }

    @Test
    void realisticRunFillsEverySection() throws IOException {
        try (var sample = new SampleLedger(directory)) {
            new RealisticRun(sample, 150).fill();
            var page = page(sample);

            assertThat(page.in("rows").elements("tr")).hasSize(151);
            assertThat(page.in("timeline").elements("g")).hasSize(150);
            assertThat(page.in("timeline").elements("details")).hasSize(5).allMatch(wave -> wave.hasAttribute("open"));
            assertThat(page.in("durations").elements("tr")).hasSize(11);
            assertThat(page.in("calls").elements("svg")).hasSize(1);
            assertThat(page.in("changes").elements("tr"))
                    .hasSize(sample.ledger().intents(SampleLedger.RUN_ID).size() + 1);
            assertThat(page.in("night").elements("path")).hasSizeGreaterThan(20);
            assertThat(page.in("rows").texts("div"))
                    .anyMatch(reason -> reason.startsWith("resolved: MIGRATE_FAIL with SMS.0203"));
        }
    }

    @Test
    void hostileCellsAreInert() throws Exception {
        try (var sample = new SampleLedger(directory)) {
            var cells = HostileValues.cells();
            fill(sample, cells);
            var file = write(sample);
            var page = HtmlPage.read(file);

            assertThat(page.names()).isSubsetOf(ELEMENTS);
            assertThat(page.attributes()).noneMatch(name -> name.startsWith("on"));
            assertThat(page.elements("a"))
                    .extracting(link -> link.getAttribute("href"))
                    .allMatch(link -> link.startsWith("#"));
            assertThat(page.elements("script")).hasSize(2);
            assertThat(page.in("rows").elements("tr")).hasSize(cells.size() + 1);
            assertThat(page.in("rows").rows().stream().skip(1).map(row -> row.get(10)))
                    .containsExactlyElementsOf(
                            cells.stream().map(ControlCharEscaper::text).toList());
            assertThat(Files.readString(file)).doesNotContain("<script>alert", "<img", "<svg onload");

            var details =
                    new JsonMapper().readTree(page.elements("script").get(0).getTextContent());
            int column = details.get("columns")
                    .valueStream()
                    .map(name -> name.asString())
                    .toList()
                    .indexOf("owner_email");
            for (int at = 0; at < cells.size(); at++) {
                var text = details.at("/rows/" + (at + 1)).get(column).asInt();
                assertThat(details.get("texts").get(text).asString()).isEqualTo(ControlCharEscaper.text(cells.get(at)));
            }
        }
    }

    @Test
    void contentSecurityPolicyBlocksOtherScriptsAndResources() throws Exception {
        try (var sample = new SampleLedger(directory)) {
            sample.fill();
            var file = write(sample);
            var source = Files.readString(file);
            var script = source.substring(source.lastIndexOf("<script>") + 8, source.lastIndexOf("</script>"));
            var style = source.substring(source.indexOf("<style>") + 7, source.indexOf("</style>"));

            assertThat(source)
                    .contains("default-src &#39;none&#39;; style-src &#39;" + hash(style) + "&#39;; script-src &#39;"
                            + hash(script) + "&#39;;")
                    .doesNotContain("http://", "https://", "url(", "@import", " src=", " style=");
        }
    }

    /** Fills a run whose rows have these cells as owner and as failure message. */
    static void fill(SampleLedger sample, List<String> cells) {
        var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
        var rows = new ArrayList<LedgerRow>();
        var lines = new ArrayList<StoredInventoryLine>();
        for (int row = 1; row <= cells.size(); row++) {
            var cell = cells.get(row - 1);
            rows.add(SampleLedger.row(row, row + 1, cut(cell), cut(cell)));
            var line = new LinkedHashMap<String, String>();
            line.put("server_name", cell);
            line.put("owner_email", cell);
            lines.add(new StoredInventoryLine(row, row + 1, line));
        }
        sample.ledger().append(owner, rows, lines);
        sample.ledger()
                .write(
                        owner,
                        IntStream.range(0, cells.size())
                                .mapToObj(at -> LedgerWrite.of(failed(rows.get(at), cells.get(at)), List.of()))
                                .toList());
    }

    private static LedgerRow failed(LedgerRow row, String cell) {
        return row.withFailure(new Failure(cut(cell), cell, "FATAL", cell, cut(cell)))
                .end(Outcome.FAILED, cell, SampleLedger.BEGIN.plusSeconds(60));
    }

    private static String cut(String cell) {
        return cell.length() > 200 ? cell.substring(0, 200) : cell;
    }

    private static HtmlPage page(SampleLedger sample) throws IOException {
        return HtmlPage.read(write(sample));
    }

    private static Path write(SampleLedger sample) {
        return sample.reporter().write(sample.run(), ReportFormat.HTML).html();
    }

    private static String hash(String content) throws Exception {
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content.getBytes("UTF-8")));
    }
}
