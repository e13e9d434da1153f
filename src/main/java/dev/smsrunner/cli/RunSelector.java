package dev.smsrunner.cli;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Run argument of a command; a {@code @Mixin}. */
final class RunSelector {

    private static final int MAX_LISTED = 5;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Run id, or 'last': the latest run under way, else the latest run."
                    + " Optional if only one run is under way, or there is only one run.")
    private @Nullable String runId;

    /**
     * Selects a run.
     *
     * @param runs all runs, oldest first
     * @param place location of the runs, for messages
     * @throws CommandException when no run or more than one run matches
     */
    Run select(List<Run> runs, String place) {
        if (runs.isEmpty()) {
            throw noRun(place);
        }
        var underWay =
                runs.stream().filter(run -> run.state() == RunState.RUNNING).toList();
        if (runId == null && underWay.size() == 1) {
            return underWay.get(0);
        }
        if ("last".equals(runId) || (runId == null && runs.size() == 1)) {
            // An older run under way takes precedence over a newer one that has ended.
            var candidates = underWay.isEmpty() ? runs : underWay;
            return candidates.get(candidates.size() - 1);
        }
        return runs.stream()
                .filter(run -> run.runId().equals(runId))
                .findFirst()
                .orElseThrow(() -> CommandException.badInput(selectionProblem(runs, place)));
    }

    /** Selects a run, by default the latest one. */
    Run selectOrLatest(List<Run> runs, String place) {
        if (runId == null && !runs.isEmpty()) {
            runId = "last";
        }
        return select(runs, place);
    }

    static CommandException noRun(String place) {
        return CommandException.badInput(
                "There is no run under %s. Set the location with --data or --db, or start a run with 'run JOBFILE'."
                        .formatted(place));
    }

    private String selectionProblem(List<Run> runs, String place) {
        var ids = runs.stream().map(Run::runId).toList();
        if (runId == null) {
            return "Missing run id. There are %d runs under %s: %s. Use one of the ids, or 'last'."
                    .formatted(ids.size(), place, latest(ids));
        }
        var question = DidYouMean.question(
                runId, Stream.concat(ids.stream(), Stream.of("last")).toList());
        return "There is no run '%s' under %s.%s"
                .formatted(runId, place, question.isEmpty() ? " There is %s.".formatted(latest(ids)) : question);
    }

    private static String latest(List<String> ids) {
        int from = Math.max(0, ids.size() - MAX_LISTED);
        var listed = ids.subList(from, ids.size()).stream().collect(Collectors.joining(", "));
        return from == 0 ? listed : "%s and %s".formatted(listed, Plural.of(from, "earlier run"));
    }
}
