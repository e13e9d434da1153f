package dev.smsrunner.report;

import dev.smsrunner.ledger.StageCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Table of the waves: servers, outcomes, first start and last end. */
record HtmlWaves(RunReport report) {

    void write(Html html) {
        Map<String, List<ReportRow>> byWave = report.rows().stream()
                .collect(Collectors.groupingBy(row -> row.row().wave()));
        html.open("div", "class", "wide")
                .open("table", "class", "figures")
                .open("thead")
                .open("tr");
        for (var name : List.of("wave", "servers", "reached", "not", "open", "", "first start", "last end", "took")) {
            html.element("th", name, "scope", "col");
        }
        html.close(2).open("tbody").line();
        report.stageCounts().waves().forEach(wave -> wave(html, wave, byWave.getOrDefault(wave.name(), List.of())));
        html.close(3).line();
    }

    private void wave(Html html, StageCounts.Wave wave, List<ReportRow> rows) {
        var from = bound(rows, row -> row.row().milestones().startedAt(), Comparator.reverseOrder());
        var to = wave.openRows() > 0
                ? null
                : bound(rows, row -> row.row().milestones().finishedAt(), Comparator.naturalOrder());
        html.open("tr").open("th", "scope", "row");
        html.text(wave.name().isEmpty() ? "(none)" : "").value(wave.name());
        html.close()
                .cell(wave.rows())
                .cell(wave.closedRows() - wave.failedRows())
                .cell(wave.failedRows())
                .cell(wave.openRows());
        html.open("td", "class", "left");
        HtmlReport.share(html, Summary.of(report.run(), rows));
        html.close();
        html.open("td").time(from).close().open("td").time(to).close();
        html.cell(from == null || to == null ? "" : ReportFormats.span(Duration.between(from, to)))
                .close()
                .line();
    }

    private static @Nullable Instant bound(
            List<ReportRow> rows, Function<ReportRow, @Nullable Instant> of, Comparator<Instant> order) {
        return rows.stream().map(of).filter(Objects::nonNull).max(order).orElse(null);
    }
}
