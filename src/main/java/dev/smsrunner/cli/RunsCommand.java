package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CliFormats;
import dev.smsrunner.cli.console.TextTable;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.StepCounts;
import dev.smsrunner.report.Summary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists the runs. */
@Command(
        name = "runs",
        header = "Lists the runs, the oldest first.",
        description = "A run under way without a process is INTERRUPTED. Use 'resume RUN' to continue it.")
final class RunsCommand implements Callable<Integer> {

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (common.json) {
            common.console().result(CliJson.text(json()));
            return ExitCode.OK.code();
        }
        var summaries = common.hasDatabase() ? summaries() : List.<Summary>of();
        if (summaries.isEmpty()) {
            common.console().info("There is no run under %s.".formatted(common.place()));
        } else {
            print(summaries);
        }
        return ExitCode.OK.code();
    }

    private List<Map<String, @Nullable Object>> json() {
        if (!common.hasDatabase()) {
            return List.of();
        }
        try (var queries = RunQueries.open(common)) {
            var steps = StepCounts.findAll(queries.source());
            return summaries(queries).stream()
                    .map(summary -> json(summary, steps.getOrDefault(summary.runId(), List.of())))
                    .toList();
        }
    }

    private List<Summary> summaries() {
        try (var queries = RunQueries.open(common)) {
            return summaries(queries);
        }
    }

    private static List<Summary> summaries(RunQueries queries) {
        var runs = queries.runs().findAll();
        var outcomes = queries.runs().outcomeCounts();
        var summaries = new ArrayList<Summary>(runs.size());
        for (var run : runs) {
            summaries.add(Summary.ofCounts(run, outcomes.getOrDefault(run.runId(), Map.of()))
                    .withState(RunQueries.state(run, queries.holder(run))));
        }
        return summaries;
    }

    private void print(List<Summary> summaries) {
        var table = new TextTable("RUN", "JOB", "STATE", "STARTED", "ENDED", "ROWS", "OUTCOMES", "REPORTS");
        for (var summary : summaries) {
            table.row(
                    summary.runId(),
                    summary.job(),
                    summary.state(),
                    CliFormats.at(summary.startedAt()),
                    CliFormats.at(summary.endedAt()),
                    summary.rows(),
                    outcomes(summary),
                    summary.reportDirectory());
        }
        var console = common.console();
        table.lines(console.outStyle()).forEach(console::result);
    }

    /** Text of the outcomes with their counts. */
    static String outcomes(Summary summary) {
        return summary.outcome().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }

    private static Map<String, @Nullable Object> json(Summary summary, List<StepCounts> steps) {
        var json = new LinkedHashMap<>(summary.json());
        Map<Outcome, Integer> outcomes = summary.outcome();
        json.remove("outcome");
        json.put("outcomes", outcomes);
        json.put("steps", steps);
        return json;
    }
}
