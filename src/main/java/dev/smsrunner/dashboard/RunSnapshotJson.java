package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.cutover.WindowText;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.support.SuggestedCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON of a run snapshot for the page. */
final class RunSnapshotJson {

    private static final int MAX_ROWS = 50;

    /** Maximum age of a sample for the current call rate. */
    private static final Duration RECENT = Duration.ofSeconds(30);

    private final RunSnapshot snapshot;
    private final RunReport report;
    private final Map<String, List<LedgerRow>> byWave;
    private final SuggestedCommands suggested;

    RunSnapshotJson(RunSnapshot snapshot, SuggestedCommands suggested) {
        this.snapshot = snapshot;
        this.report = snapshot.report();
        this.byWave = snapshot.rows().values().stream().collect(Collectors.groupingBy(LedgerRow::wave));
        this.suggested = suggested;
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event", snapshot.event());
        json.put("version", snapshot.event());
        json.put("now", PageJson.at(snapshot.at()));
        json.put("run", run());
        json.put("window", window());
        json.put("counts", counts(report.stageCounts().total()));
        json.put("estimate", estimate());
        json.put("waiting", WaitingReasons.counts(snapshot.obstacles()));
        json.put("waves", report.stageCounts().waves().stream().map(this::wave).toList());
        json.put("api", api());
        json.put(
                "causes", report.failures().stream().map(RunSnapshotJson::cause).toList());
        json.put("controls_allowed", snapshot.isActive());
        json.put("can", AllowedControls.onRun(snapshot));
        return json;
    }

    private Map<String, @Nullable Object> run() {
        var run = snapshot.run();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("job", run.job());
        json.put("job_file", run.jobFile().toString());
        json.put("inventory_file", run.inventoryFile().toString());
        json.put("state", snapshot.state());
        json.put("created_at", PageJson.at(run.createdAt()));
        json.put("ended_at", PageJson.at(run.endedAt()));
        json.put("stop_requested_at", PageJson.at(run.stopRequestedAt()));
        json.put("holder", snapshot.holder().map(RunList::holder).orElse(null));
        json.put("rerun_of", run.rerunOf());
        json.put("paused_at", PageJson.at(snapshot.head().pausedAt()));
        json.put("strict", snapshot.head().strict());
        json.put("report_directory", report.summary().reportDirectory().toString());
        json.put("next", next());
        json.put("concurrent", concurrent());
        return json;
    }

    private @Nullable Integer concurrent() {
        var text = snapshot.run().settings().getOrDefault("limits.concurrent", "");
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    private @Nullable String next() {
        var id = snapshot.run().runId();
        if (snapshot.isActive()) {
            return null;
        }
        if (snapshot.run().state() != RunState.FINISHED) {
            return suggested.of("resume " + id);
        }
        return report.summary().rowsToRerun() > 0 ? suggested.of("rerun " + id) : null;
    }

    private @Nullable Map<String, Object> window() {
        return WindowText.current(CutoverWindows.fromSettings(snapshot.run().settings()), snapshot.at())
                .map(WindowText::json)
                .orElse(null);
    }

    private Map<String, Object> counts(StageCounts.Wave total) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rows", total.rows());
        json.put("open", total.openRows());
        json.put("outcomes", RunList.nonZero(report.summary().outcome()));
        json.put("stages", stages(total));
        json.put("attention", total.attention());
        return json;
    }

    private Map<String, @Nullable Object> estimate() {
        var estimate = Estimate.of(snapshot, snapshot.rows().values());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("ends_at", PageJson.at(estimate.endsAt()));
        json.put("basis", estimate.basis());
        return json;
    }

    private Map<String, @Nullable Object> wave(StageCounts.Wave wave) {
        var rows = byWave.getOrDefault(wave.name(), List.of());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", wave.name());
        json.put("rows", wave.rows());
        json.put("open", wave.openRows());
        json.put("outcomes", outcomes(wave));
        json.put("stages", stages(wave));
        json.put("attention", wave.attention());
        json.put(
                "started_at",
                PageJson.at(first(rows.stream().map(row -> row.milestones().startedAt()))));
        json.put("ended_at", wave.openRows() > 0 ? null : PageJson.at(last(rows)));
        json.put("estimate_at", PageJson.at(Estimate.of(snapshot, rows).endsAt()));
        return json;
    }

    private static @Nullable Instant first(Stream<@Nullable Instant> instants) {
        return instants.filter(Objects::nonNull).min(Instant::compareTo).orElse(null);
    }

    private static @Nullable Instant last(List<LedgerRow> rows) {
        return rows.stream()
                .map(row -> row.milestones().finishedAt())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(null);
    }

    private static Map<String, Integer> outcomes(StageCounts.Wave wave) {
        var json = new LinkedHashMap<String, Integer>();
        Stream.of(Outcome.values())
                .filter(outcome -> wave.count(outcome) > 0)
                .forEach(outcome -> json.put(outcome.name(), wave.count(outcome)));
        return json;
    }

    private static Map<String, Integer> stages(StageCounts.Wave wave) {
        var json = new LinkedHashMap<String, Integer>();
        Stream.of(Stage.values()).forEach(stage -> json.put(stage.name(), wave.count(stage)));
        return json;
    }

    private Map<String, @Nullable Object> api() {
        var samples = snapshot.samples();
        var latest = samples.isEmpty() ? null : samples.get(samples.size() - 1);
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", samples.stream().mapToLong(ApiSample::calls).sum());
        json.put(
                "per_second",
                latest != null && latest.at().isAfter(snapshot.at().minus(RECENT))
                        ? Math.round(latest.perSecond() * 100) / 100.0
                        : 0);
        json.put("limit", latest == null ? null : latest.limit());
        json.put("throttled", samples.stream().mapToLong(ApiSample::throttled).sum());
        return json;
    }

    private static Map<String, @Nullable Object> cause(Cause cause) {
        var failure = cause.rows().get(0).row().failure();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("error_code", cause.errorCode());
        json.put("error_class", failure == null ? null : failure.errorClass());
        json.put("text", cause.cause());
        json.put("recommended_action", cause.recommendedAction());
        json.put("outcome", cause.outcome().name());
        json.put("count", cause.rows().size());
        json.put(
                "rows",
                cause.rows().stream()
                        .limit(MAX_ROWS)
                        .map(row -> row.row().row())
                        .toList());
        return json;
    }
}
