package dev.smsrunner.cli;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.cli.console.CliFormats;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.FailureSummary;
import dev.smsrunner.cli.console.HumanDuration;
import dev.smsrunner.cli.console.TextTable;
import dev.smsrunner.cli.console.WaitingSummary;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
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
 * Where a run and its servers are, for a person and for a machine.
 *
 * @param strict whether it ends when preflight rejects a row
 * @param pausedAt since when new starts wait, null when they do not
 * @param options to repeat in a command that is suggested, for example {@code " --data DIR"}; may be empty
 */
record RunStatus(
        Run run,
        Optional<Lease> holder,
        boolean strict,
        @Nullable Instant pausedAt,
        String options,
        RunReport report) {

    private static final int SHOWN = 20;

    /** As the objects that JSON is made of. */
    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.putAll(report.summary().withState(RunQueries.state(run, holder)).json());
        json.put("job_file", run.jobFile().toString());
        json.put("inventory", run.inventoryFile().toString());
        json.put("strict", strict);
        json.put("stop_requested_at", run.stopRequestedAt() == null ? null : CliFormats.at(run.stopRequestedAt()));
        json.put("paused_at", pausedAt == null ? null : CliFormats.at(pausedAt));
        json.put("holder", holder.map(CliFormats::holderJson).orElse(null));
        json.put(
                "waves",
                report.stageCounts().waves().stream().map(RunStatus::json).toList());
        json.put("failures", report.failures().stream().map(Cause::json).toList());
        json.put("waiting", new WaitingSummary(report).json());
        json.put("places", new WaitingSummary(report).places());
        json.put("rows", report.rows().stream().map(ReportRow::json).toList());
        return json;
    }

    /** As lines for a person. */
    List<String> lines(AnsiStyle paint, Instant now) {
        var lines = new ArrayList<String>();
        heading(lines, paint, now);
        lines.add("");
        lines.addAll(waves(report.stageCounts(), paint));
        lines.add("");
        lines.add("Outcomes: " + RunsCommand.outcomes(report.summary()));
        lines.addAll(new WaitingSummary(report).lines(paint));
        attention(lines, report, paint);
        FailureSummary.add(lines, report.failures(), paint);
        return lines;
    }

    private void heading(List<String> lines, AnsiStyle paint, Instant now) {
        lines.add(paint.strong("Run %s  %s  %s".formatted(run.runId(), run.job(), RunQueries.state(run, holder))));
        lines.add("  started    %s (%s ago)"
                .formatted(CliFormats.at(run.createdAt()), HumanDuration.text(Duration.between(run.createdAt(), now))));
        if (run.endedAt() != null) {
            lines.add("  ended      " + CliFormats.at(run.endedAt()));
        }
        if (run.stopRequestedAt() != null) {
            lines.add("  asked to stop at " + CliFormats.at(run.stopRequestedAt()));
        }
        if (pausedAt != null) {
            lines.add("  starts and launches paused since " + CliFormats.at(pausedAt));
        }
        lines.add("  worked on  " + Console.safe(holder.map(CliFormats::holder).orElse("by nobody")));
        lines.add("  job file   " + Console.safe(run.jobFile().toString()));
        lines.add("  inventory  " + Console.safe(run.inventoryFile().toString()));
        lines.add("  reports    "
                + Console.safe(report.summary().reportDirectory().toString()));
        next().ifPresent(command -> lines.add("  next       " + command));
    }

    /** What goes on with a run that nobody works on. */
    private Optional<String> next() {
        var state = RunQueries.state(run, holder);
        return state.equals("STOPPED") || state.equals("INTERRUPTED")
                ? Optional.of("sms-runner resume %s%s".formatted(run.runId(), options))
                : Optional.empty();
    }

    private static List<String> waves(StageCounts tally, AnsiStyle paint) {
        var header = Stream.concat(
                Stream.of("WAVE", "ROWS"),
                Stream.concat(Stream.of(Stage.values()).map(Enum::name), Stream.of("FAILED", "ATTENTION")));
        var table = new TextTable(header.toArray());
        tally.waves().forEach(wave -> table.row(cells(wave.name().isEmpty() ? "(none)" : wave.name(), wave)));
        if (tally.waves().size() > 1) {
            table.row(cells("all", tally.total()));
        }
        return table.lines(paint);
    }

    private static Object[] cells(String name, StageCounts.Wave wave) {
        var cells = new ArrayList<Object>(List.of(name, wave.rows()));
        Stream.of(Stage.values()).map(wave::count).forEach(cells::add);
        cells.addAll(List.of(wave.failedRows(), wave.attention()));
        return cells.toArray();
    }

    /** Adds the rows that a person should look at, if there are any. */
    static void attention(List<String> lines, RunReport report, AnsiStyle paint) {
        var rows = report.attention();
        if (rows.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(paint.notable("Needs a person's eyes (%d):".formatted(rows.size())));
        rows.stream().limit(SHOWN).forEach(row -> lines.add("  " + Console.safe(eyes(row))));
        if (rows.size() > SHOWN) {
            lines.add("  and %d more; --json has them all".formatted(rows.size() - SHOWN));
        }
    }

    private static String eyes(LedgerRow row) {
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
