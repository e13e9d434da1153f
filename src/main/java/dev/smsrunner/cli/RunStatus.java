package dev.smsrunner.cli;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.cli.console.CliFormats;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.FailureSummary;
import dev.smsrunner.cli.console.HumanDuration;
import dev.smsrunner.cli.console.TextTable;
import dev.smsrunner.cli.console.WaitingSummary;
import dev.smsrunner.cutover.GateSummary;
import dev.smsrunner.cutover.WindowText;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.support.SuggestedCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Status of a run and its servers, as text and as JSON.
 *
 * @param strict whether the run ends when preflight rejects a row
 * @param pausedAt start of the pause of new starts, null without a pause
 * @param suggested next command
 * @param gates gates of the run
 */
record RunStatus(
        Run run,
        Optional<Lease> holder,
        boolean strict,
        @Nullable Instant pausedAt,
        SuggestedCommands suggested,
        RunReport report,
        List<GateSummary> gates) {

    private static final int MAX_LISTED = 20;

    /** JSON form. */
    Map<String, @Nullable Object> json(Instant now) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.putAll(report.summary().withState(RunQueries.state(run, holder)).json());
        json.put("job_file", run.jobFile().toString());
        json.put("inventory", run.inventoryFile().toString());
        json.put("strict", strict);
        json.put(
                "window",
                WindowText.current(windows(), now).map(WindowText::json).orElse(null));
        json.put(
                "windows",
                WindowText.of(windows(), now).stream().map(WindowText::json).toList());
        json.put("stop_requested_at", run.stopRequestedAt() == null ? null : CliFormats.at(run.stopRequestedAt()));
        json.put("paused_at", pausedAt == null ? null : CliFormats.at(pausedAt));
        json.put("holder", holder.map(CliFormats::holderJson).orElse(null));
        json.put(
                "waves",
                report.stageCounts().waves().stream().map(RunStatus::json).toList());
        json.put("failures", report.failures().stream().map(Cause::json).toList());
        json.put("waiting", new WaitingSummary(report).json());
        json.put("gates", gates.stream().map(GateSummary::json).toList());
        json.put("places", new WaitingSummary(report).places());
        json.put("rows", report.rows().stream().map(ReportRow::json).toList());
        return json;
    }

    /** Text form. */
    List<String> lines(AnsiStyle style, Instant now) {
        var lines = new ArrayList<String>();
        heading(lines, style, now);
        lines.add("");
        lines.addAll(waves(report.stageCounts(), style));
        lines.add("");
        lines.add("Outcomes: " + RunsCommand.outcomes(report.summary()));
        lines.addAll(new WaitingSummary(report).lines(style));
        if (!gates.isEmpty()) {
            lines.add("");
            lines.add("Gates:");
            gates.forEach(gate -> lines.add("  " + Console.safe(gate.line())));
        }
        attention(lines, report, style);
        FailureSummary.add(lines, report.failures(), style);
        return lines;
    }

    private void heading(List<String> lines, AnsiStyle style, Instant now) {
        lines.add(style.strong("Run %s  %s  %s".formatted(run.runId(), run.job(), RunQueries.state(run, holder))));
        lines.add("  started    %s (%s ago)"
                .formatted(CliFormats.at(run.createdAt()), HumanDuration.text(Duration.between(run.createdAt(), now))));
        if (run.endedAt() != null) {
            lines.add("  ended      " + CliFormats.at(run.endedAt()));
        }
        if (run.stopRequestedAt() != null) {
            lines.add("  stop requested at " + CliFormats.at(run.stopRequestedAt()));
        }
        WindowText.of(windows(), now).forEach(window -> lines.add("  window     " + window.namedLine()));
        if (pausedAt != null) {
            lines.add("  starts and launches paused since " + CliFormats.at(pausedAt));
        }
        lines.add("  working on it: "
                + Console.safe(holder.map(CliFormats::holder).orElse("no process")));
        lines.add("  job file   " + Console.safe(run.jobFile().toString()));
        lines.add("  inventory  " + Console.safe(run.inventoryFile().toString()));
        lines.add("  reports    "
                + Console.safe(report.summary().reportDirectory().toString()));
        next().ifPresent(command -> lines.add("  next       " + command));
    }

    private CutoverWindows windows() {
        return CutoverWindows.fromSettings(run.settings());
    }

    /** Command that continues a run without a process. */
    private Optional<String> next() {
        var state = RunQueries.state(run, holder);
        return state.equals("STOPPED") || state.equals("INTERRUPTED")
                ? Optional.of(suggested.of("resume " + run.runId()))
                : Optional.empty();
    }

    private static List<String> waves(StageCounts counts, AnsiStyle style) {
        var header = Stream.concat(
                Stream.of("WAVE", "ROWS"),
                Stream.concat(Stream.of(Stage.values()).map(Enum::name), Stream.of("FAILED", "ATTENTION")));
        var table = new TextTable(header.toArray());
        counts.waves().forEach(wave -> table.row(cells(wave.name().isEmpty() ? "(none)" : wave.name(), wave)));
        if (counts.waves().size() > 1) {
            table.row(cells("all", counts.total()));
        }
        return table.lines(style);
    }

    private static Object[] cells(String name, StageCounts.Wave wave) {
        var cells = new ArrayList<Object>(List.of(name, wave.rows()));
        Stream.of(Stage.values()).map(wave::count).forEach(cells::add);
        cells.addAll(List.of(wave.failedRows(), wave.attention()));
        return cells.toArray();
    }

    /** Adds the rows that need attention, if any. */
    static void attention(List<String> lines, RunReport report, AnsiStyle style) {
        var rows = report.attention();
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(style.notable("Needs attention (%d):".formatted(rows.size())));
        rows.stream().limit(MAX_LISTED).forEach(row -> lines.add("  " + Console.safe(attention(row))));
        if (rows.size() > MAX_LISTED) {
            lines.add("  and %d more; use --json to list all".formatted(rows.size() - MAX_LISTED));
        }
    }

    private static String attention(LedgerRow row) {
        return "%s, %s: %s".formatted(row.label(), row.stage(), row.attention());
    }

    private static Map<String, @Nullable Object> json(StageCounts.Wave wave) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("wave_name", wave.name());
        json.put("rows", wave.rows());
        for (var stage : Stage.values()) {
            json.put(stage.name().toLowerCase(Locale.ROOT), wave.count(stage));
        }
        json.put("failed", wave.failedRows());
        json.put("attention", wave.attention());
        return json;
    }
}
