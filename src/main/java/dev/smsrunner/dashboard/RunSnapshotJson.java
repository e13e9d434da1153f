package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.report.Cause;
import dev.smsrunner.report.RunReport;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the page shows of a whole run. */
final class RunSnapshotJson {

    private static final int ROWS_NAMED = 50;

    /** A sample that is older says nothing about the pace now. */
    private static final Duration LATELY = Duration.ofSeconds(30);

    private final RunSnapshot picture;
    private final RunReport report;
    private final Map<String, List<LedgerRow>> byWave;
    private final String options;

    RunSnapshotJson(RunSnapshot picture, String options) {
        this.picture = picture;
        this.report = picture.report();
        this.byWave = picture.rows().values().stream().collect(Collectors.groupingBy(LedgerRow::wave));
        this.options = options;
    }

    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("event", picture.event());
        json.put("version", picture.event());
        json.put("now", PageJson.at(picture.at()));
        json.put("run", run());
        json.put("window", window());
        json.put("counts", counts(report.tally().total()));
        json.put("estimate", estimate());
        json.put("waiting", WaitingReasons.counts(picture.obstacles()));
        json.put("waves", report.tally().waves().stream().map(this::wave).toList());
        json.put("api", api());
        json.put(
                "causes", report.failures().stream().map(RunSnapshotJson::cause).toList());
        json.put("controls_allowed", picture.held());
        json.put("can", AllowedControls.onRun(picture));
        return json;
    }

    private Map<String, @Nullable Object> run() {
        var run = picture.run();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("job", run.job());
        json.put("job_file", run.jobFile().toString());
        json.put("inventory_file", run.inventoryFile().toString());
        json.put("state", picture.state());
        json.put("created_at", PageJson.at(run.createdAt()));
        json.put("ended_at", PageJson.at(run.endedAt()));
        json.put("stop_requested_at", PageJson.at(run.stopRequestedAt()));
        json.put("holder", picture.holder().map(RunList::holder).orElse(null));
        json.put("rerun_of", run.rerunOf());
        json.put("paused_at", PageJson.at(picture.head().pausedAt()));
        json.put("strict", picture.head().strict());
        json.put("report_directory", report.summary().reportDirectory().toString());
        json.put("next", next());
        json.put("concurrent", concurrent());
        return json;
    }

    private @Nullable Integer concurrent() {
        var text = picture.run().settings().getOrDefault("limits.concurrent", "");
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }

    private @Nullable String next() {
        var id = picture.run().runId();
        if (picture.held()) {
            return null;
        }
        if (picture.run().state() != RunState.FINISHED) {
            return "sms-runner resume " + id + options;
        }
        return report.summary().toRepeat() > 0 ? "sms-runner rerun " + id + options : null;
    }

    private @Nullable Map<String, Object> window() {
        return CutoverSettings.Window.recorded(picture.run().settings())
                .map(this::window)
                .orElse(null);
    }

    private Map<String, Object> window(CutoverSettings.Window window) {
        var json = new LinkedHashMap<String, Object>();
        json.put("opens", window.open().toString());
        json.put("closes", window.close().toString());
        json.put("last_launch", window.lastCall().toString());
        json.put("zone", window.zone().toString());
        json.put("state", window.isOverAt(picture.at()) ? "after" : window.isOpenAt(picture.at()) ? "open" : "before");
        return json;
    }

    private Map<String, Object> counts(StageCounts.Wave total) {
        var json = new LinkedHashMap<String, Object>();
        json.put("rows", total.rows());
        json.put("open", total.open());
        json.put("outcomes", RunList.withRows(report.summary().outcome()));
        json.put("stages", stages(total));
        json.put("attention", total.attention());
        return json;
    }

    private Map<String, @Nullable Object> estimate() {
        var estimate = Estimate.of(picture, picture.rows().values());
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
        json.put("open", wave.open());
        json.put("outcomes", ofClosed(wave));
        json.put("stages", stages(wave));
        json.put("attention", wave.attention());
        json.put(
                "started_at",
                PageJson.at(first(rows.stream().map(row -> row.milestones().startedAt()))));
        json.put("ended_at", wave.open() > 0 ? null : PageJson.at(last(rows)));
        json.put("estimate_at", PageJson.at(Estimate.of(picture, rows).endsAt()));
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

    private static Map<String, Integer> ofClosed(StageCounts.Wave wave) {
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
        var samples = picture.samples();
        var latest = samples.isEmpty() ? null : samples.get(samples.size() - 1);
        boolean lately = latest != null && latest.at().isAfter(picture.at().minus(LATELY));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls", samples.stream().mapToLong(ApiSample::calls).sum());
        json.put("per_second", lately ? Math.round(latest.perSecond() * 100) / 100.0 : 0);
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
                        .limit(ROWS_NAMED)
                        .map(row -> row.row().row())
                        .toList());
        return json;
    }
}
