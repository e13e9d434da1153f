package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.WindowText;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.support.CallCounts;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Metrics of a run in the OpenMetrics format. They have no names of servers, and at most {@value #MAX_SERIES} series: waves and
 * operations beyond a limit are added up as {@code other}.
 */
final class RunMetrics {

    static final String CONTENT_TYPE = OpenMetricsTextFormatWriter.CONTENT_TYPE;
    static final int MAX_SERIES = 200;

    private static final int MAX_WAVES = 10;
    private static final int MAX_CALLS = 80;
    private static final String OTHER = "other";

    private final RunSnapshot snapshot;
    private final Map<CallCounts.Key, Long> calls;
    private final StageCounts counts;

    /** @param calls exchanges of this process with the service; empty in a process without a run */
    RunMetrics(RunSnapshot snapshot, Map<CallCounts.Key, Long> calls) {
        this.snapshot = snapshot;
        this.calls = calls;
        this.counts = StageCounts.of(List.copyOf(snapshot.rows().values()));
    }

    byte[] text() {
        var out = new ByteArrayOutputStream();
        try {
            OpenMetricsTextFormatWriter.create().write(out, new MetricSnapshots(metrics()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return out.toByteArray();
    }

    private List<MetricSnapshot> metrics() {
        var metrics = new ArrayList<MetricSnapshot>(List.of(
                run(),
                rows(),
                ended(),
                gauge(
                        "sms_runner_attention_rows",
                        "Rows that need attention.",
                        counts.total().attention()),
                gauge(
                        "sms_runner_copied_bytes",
                        "Bytes copied, of the rows whose size is known.",
                        counts.total().copied()),
                gauge(
                        "sms_runner_size_bytes",
                        "Bytes to copy, of the same rows.",
                        counts.total().total()),
                gauge(
                        "sms_runner_paused",
                        "1 while an operator has paused starts and launches.",
                        snapshot.head().pausedAt() == null ? 0 : 1),
                holder(),
                calls()));
        WindowText.current(CutoverWindows.fromSettings(snapshot.run().settings()), snapshot.at())
                .ifPresent(window -> metrics.add(gauge(
                        "sms_runner_window_close_seconds",
                        "Seconds until the open or next cutover window closes; negative after the last one.",
                        seconds(Duration.between(snapshot.at(), window.window().close())))));
        return metrics;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private MetricSnapshot run() {
        return InfoSnapshot.builder()
                .name("sms_runner_run")
                .help("The run.")
                .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                        .labels(Labels.of(
                                "run_id", snapshot.run().runId(),
                                "job", snapshot.run().job(),
                                "state", snapshot.state()))
                        .build())
                .build();
    }

    private MetricSnapshot rows() {
        var gauge = GaugeSnapshot.builder().name("sms_runner_rows").help("Rows by wave and stage.");
        groups().forEach((wave, group) -> Arrays.stream(Stage.values())
                .forEach(stage -> gauge.dataPoint(
                        point(sum(group, each -> each.count(stage)), "wave", wave, "stage", stage.name()))));
        return gauge.build();
    }

    private MetricSnapshot ended() {
        var gauge = GaugeSnapshot.builder().name("sms_runner_ended_rows").help("Ended rows by outcome.");
        Arrays.stream(Outcome.values())
                .filter(outcome -> outcome != Outcome.WAITING)
                .forEach(outcome -> gauge.dataPoint(point(counts.total().count(outcome), "outcome", outcome.name())));
        return gauge.build();
    }

    /** The first waves by name, and the others as one. */
    private Map<String, List<StageCounts.Wave>> groups() {
        var groups = new LinkedHashMap<String, List<StageCounts.Wave>>();
        counts.waves().stream()
                .limit(MAX_WAVES)
                .forEach(wave -> groups.put(wave.name(), new ArrayList<>(List.of(wave))));
        counts.waves().stream()
                .skip(MAX_WAVES)
                .forEach(wave ->
                        groups.computeIfAbsent(OTHER, name -> new ArrayList<>()).add(wave));
        return groups;
    }

    private static int sum(List<StageCounts.Wave> waves, ToIntFunction<StageCounts.Wave> count) {
        return waves.stream().mapToInt(count).sum();
    }

    private MetricSnapshot calls() {
        var kept = new LinkedHashMap<CallCounts.Key, Long>();
        calls.forEach((key, count) ->
                kept.merge(kept.size() < MAX_CALLS ? key : new CallCounts.Key(OTHER, key.result()), count, Long::sum));
        var counter = CounterSnapshot.builder()
                .name("sms_runner_calls")
                .help("Exchanges of this process with the service, by operation and result.");
        kept.forEach((key, count) -> counter.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                .value(count)
                .labels(Labels.of("operation", key.operation(), "result", key.result()))
                .build()));
        return counter.build();
    }

    private MetricSnapshot holder() {
        var gauge = GaugeSnapshot.builder()
                .name("sms_runner_lease_held")
                .help("1 for the machine whose process works on the run; absent without a process.");
        snapshot.holder().map(Lease::host).ifPresent(host -> gauge.dataPoint(point(1, "host", host)));
        return gauge.build();
    }

    private static MetricSnapshot gauge(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(value))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot point(double value, String... labels) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .value(value)
                .labels(Labels.of(labels))
                .build();
    }
}
