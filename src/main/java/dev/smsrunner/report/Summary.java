package dev.smsrunner.report;

import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of a run.
 *
 * @param state state of the run, or {@code INTERRUPTED} if its process is gone
 * @param rows number of inventory rows
 * @param outcome number of rows per outcome, zeros included; an open row counts as WAITING or STOPPED
 * @param reportDirectory directory of the run's own reports, which may not exist yet
 */
public record Summary(
        String runId,
        String job,
        String state,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String rerunOf,
        int rows,
        Map<Outcome, Integer> outcome,
        Path reportDirectory) {

    /** Counts the rows of a report. */
    static Summary of(Run run, Collection<ReportRow> rows) {
        var counts = noRows();
        rows.forEach(row -> counts.merge(row.outcome(), 1, Integer::sum));
        return of(run, counts);
    }

    /**
     * Summary from the counts of {@code Runs.outcomes()}.
     *
     * @param byOutcome number of rows by outcome name; open rows have the empty name
     */
    public static Summary ofCounts(Run run, Map<String, Integer> byOutcome) {
        var counts = noRows();
        byOutcome.forEach((name, count) ->
                counts.merge(name.isEmpty() ? ReportRow.openOutcome(run) : Outcome.valueOf(name), count, Integer::sum));
        return of(run, counts);
    }

    /** A copy with another state. */
    public Summary withState(String other) {
        return new Summary(runId, job, other, startedAt, endedAt, rerunOf, rows, outcome, reportDirectory);
    }

    /** Number of rows with this outcome. */
    public int count(Outcome which) {
        return outcome.getOrDefault(which, 0);
    }

    /** Number of rows that a rerun would repeat. */
    public int rowsToRerun() {
        return rows
                - outcome.entrySet().stream()
                        .filter(entry -> entry.getKey().isSuccess())
                        .mapToInt(Map.Entry::getValue)
                        .sum();
    }

    /** The JSON object, with the documented keys. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", runId);
        json.put("job", job);
        json.put("state", state);
        json.put("started_at", ReportFormats.millis(startedAt));
        json.put("ended_at", ReportFormats.millis(endedAt));
        json.put("rerun_of", rerunOf);
        json.put("row_count", rows);
        json.put("outcome", outcome);
        json.put("report_directory", reportDirectory.toString());
        return json;
    }

    private static Summary of(Run run, Map<Outcome, Integer> counts) {
        return new Summary(
                run.runId(),
                run.job(),
                run.state().name(),
                run.createdAt(),
                run.endedAt(),
                run.rerunOf(),
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts,
                ReportFiles.directory(run));
    }

    private static Map<Outcome, Integer> noRows() {
        var counts = new EnumMap<Outcome, Integer>(Outcome.class);
        for (var outcome : Outcome.values()) {
            counts.put(outcome, 0);
        }
        return counts;
    }
}
