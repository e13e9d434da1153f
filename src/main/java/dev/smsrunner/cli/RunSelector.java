package dev.smsrunner.cli;

import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which run a command is about. Use it as a {@code @Mixin}. */
final class RunSelector {

    private static final int NAMED = 5;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "RUN",
            description = "Id of the run, or 'last': the latest that is under way, else the latest."
                    + " May be left out where only one is under way, or there is only one.")
    private @Nullable String word;

    /**
     * The chosen one of the runs.
     *
     * @param runs oldest first
     * @param place where they are, for messages
     * @throws CommandException when no run, or not exactly one, is meant
     */
    Run among(List<Run> runs, String place) {
        if (runs.isEmpty()) {
            throw noRun(place);
        }
        var underWay =
                runs.stream().filter(run -> run.state() == RunState.RUNNING).toList();
        if (word == null && underWay.size() == 1) {
            return underWay.get(0);
        }
        if ("last".equals(word) || (word == null && runs.size() == 1)) {
            // An older run that somebody goes on with is meant rather than a newer one that has ended.
            var meant = underWay.isEmpty() ? runs : underWay;
            return meant.get(meant.size() - 1);
        }
        return runs.stream()
                .filter(run -> run.runId().equals(word))
                .findFirst()
                .orElseThrow(() -> new CommandException(ExitCode.BAD_INPUT, unclear(runs, place)));
    }

    /** The same, and the latest where none is named: for who can look at another one from there. */
    Run amongOrLatest(List<Run> runs, String place) {
        if (word == null && !runs.isEmpty()) {
            word = "last";
        }
        return among(runs, place);
    }

    static CommandException noRun(String place) {
        return new CommandException(
                ExitCode.BAD_INPUT,
                "There is no run under %s. Name the right place with --data or --db, or begin with 'run JOBFILE'."
                        .formatted(place));
    }

    private String unclear(List<Run> runs, String place) {
        var ids = runs.stream().map(Run::runId).toList();
        if (word == null) {
            return "Which run? There are %d under %s: %s. Name one, or say 'last'."
                    .formatted(ids.size(), place, latest(ids));
        }
        var question = DidYouMean.question(
                word, Stream.concat(ids.stream(), Stream.of("last")).toList());
        return "There is no run '%s' under %s.%s"
                .formatted(word, place, question.isEmpty() ? " There is %s.".formatted(latest(ids)) : question);
    }

    private static String latest(List<String> ids) {
        int from = Math.max(0, ids.size() - NAMED);
        var named = ids.subList(from, ids.size()).stream().collect(Collectors.joining(", "));
        return from == 0 ? named : "%s and %d earlier ones".formatted(named, from);
    }
}
