package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gantt chart with one line per server, grouped by wave and sorted by start. */
record GanttChart(ReportData data, TimeScale time) {

    /** Number of rows above which the waves are folded. */
    private static final int MAX_UNFOLDED = 1_000;

    private static final int BLOCK = 36;
    private static final int LINE = 15;
    private static final int MARKS = 8;
    private static final int MAX_NAME = 26;
    private static final Comparator<ReportRow> BY_START = Comparator.comparing(
                    (ReportRow row) -> row.row().milestones().startedAt(),
                    Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(row -> row.row().row());

    void write(Html html) {
        Map<String, List<ReportRow>> byWave = data.report().rows().stream()
                .sorted(BY_START)
                .collect(Collectors.groupingBy(row -> row.row().wave()));
        boolean open = data.report().rows().size() <= MAX_UNFOLDED;
        for (var wave : data.report().stageCounts().waves()) {
            html.open("details", "class", "wave", "open", open ? "open" : null);
            summary(html, wave);
            axis(html);
            var rows = byWave.getOrDefault(wave.name(), List.of());
            for (int from = 0; from < rows.size(); from += BLOCK) {
                block(html, rows.subList(from, Math.min(rows.size(), from + BLOCK)));
            }
            html.close().line();
        }
    }

    private static void summary(Html html, StageCounts.Wave wave) {
        html.open("summary").open("b");
        html.text(wave.name().isEmpty() ? "without a wave" : "").value(wave.name());
        html.close().text(" · " + Plural.of(wave.rows(), "server"));
        wave.outcomes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> html.text(
                        " · %s %d %s".formatted(OutcomeStyle.sign(entry.getKey()), entry.getValue(), entry.getKey())));
        if (wave.openRows() > 0) {
            html.text(" · … %d open".formatted(wave.openRows()));
        }
        html.close();
    }

    private void axis(Html html) {
        html.open("svg", "viewBox", "0 0 1000 16", "class", "chart axis", "aria-hidden", "true");
        time.labels(html, MARKS, 12);
        html.close();
    }

    private void block(Html html, List<ReportRow> rows) {
        int height = rows.size() * LINE;
        html.open("div", "class", rows.size() == BLOCK ? "later gantt full" : "gantt");
        html.chart(
                height,
                "Stages of %s; the table of all rows has the same data".formatted(Plural.of(rows.size(), "server")));
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, height));
        for (int at = 0; at < rows.size(); at++) {
            line(html, rows.get(at), at * LINE);
        }
        html.close(2).line();
    }

    private void line(Html html, ReportRow row, int top) {
        html.open("g", "data-r", Integer.toString(row.row().row()));
        html.open("a", "href", "#r" + row.row().row());
        html.element(
                "text", name(row.row().serverName()), "class", "name", "x", "186", "y", Integer.toString(top + 11));
        html.close();
        Stage before = null;
        for (var interval : data.timeline(row).intervals()) {
            double x = time.at(interval.from());
            StageChart.box(
                    html, OutcomeStyle.of(interval.stage()), x, top + 3, Math.max(0.8, time.at(interval.to()) - x), 9);
            if (isRestart(before, interval.stage())) {
                html.empty("path", "class", "again", "d", "M%s %dl-3 -4h6z".formatted(Html.number(x), top + 4));
            }
            before = interval.stage();
        }
        end(html, row, top);
        html.close();
    }

    private static boolean isRestart(@Nullable Stage before, Stage stage) {
        return stage == Stage.STARTED && before != null && before.ordinal() > Stage.STARTED.ordinal();
    }

    private void end(Html html, ReportRow row, int top) {
        var finished = row.row().milestones().finishedAt();
        if (finished == null) {
            return;
        }
        var x = Html.number(time.at(finished));
        if (row.outcome().isSuccess()) {
            html.empty("path", "class", "well", "d", "M%s %dl2.5 3l5 -6".formatted(x, top + 8));
        } else {
            html.empty("path", "class", "badly", "d", "M%s %dm1 -3l6 6m0 -6l-6 6".formatted(x, top + 8));
        }
    }

    /** Truncates the name and replaces characters that would change the reading direction. */
    private static String name(String name) {
        var plain = name.codePoints()
                .map(letter -> Character.getType(letter) == Character.FORMAT ? 0xfffd : letter)
                .limit(MAX_NAME + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return plain.codePointCount(0, plain.length()) <= MAX_NAME
                ? plain
                : plain.substring(0, plain.offsetByCodePoints(0, MAX_NAME - 1)) + "…";
    }
}
