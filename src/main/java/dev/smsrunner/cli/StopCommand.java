package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CliFormats;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Requests a graceful stop from the process that works on a run. */
@Command(
        name = "stop",
        header = "Stops a run gracefully.",
        description =
                "The run makes no further changes in the cloud. Running migrations continue. Use 'resume RUN' to continue.")
final class StopCommand implements Callable<Integer> {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final int MAX_POLLS = 60;

    @Mixin
    private RunSelector selector;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait up to 30 seconds until the run has stopped (default), or do not wait.")
    private boolean wait;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        var actor = common.actor();
        try (var queries = RunQueries.open(common)) {
            var run = selector.select(queries.runs().findAll(), common.place());
            var holder = queries.holder(run);
            if (holder.isEmpty()) {
                print(run, holder, nothingToStop(run));
                return ExitCode.OK.code();
            }
            queries.runs().requestStop(run.runId(), actor);
            common.console()
                    .info("Requested the stop of run %s (%s)."
                            .formatted(run.runId(), Console.safe(CliFormats.holder(holder.get()))));
            printResult(queries, wait ? awaitEnd(queries, run) : run);
        }
        return ExitCode.OK.code();
    }

    private String nothingToStop(Run run) {
        var id = run.runId();
        return switch (run.state()) {
            case FINISHED ->
                "Run %s finished at %s; there is nothing to stop.".formatted(id, CliFormats.at(run.endedAt()));
            case STOPPED ->
                "Run %s was already stopped at %s. Use 'resume %s' to continue the run."
                        .formatted(id, CliFormats.at(run.endedAt()), id);
            case RUNNING ->
                "No process works on run %s, so there is nothing to stop. Use 'resume %s' to continue the run."
                        .formatted(id, id);
        };
    }

    private void printResult(RunQueries queries, Run run) {
        var holder = queries.holder(run);
        var id = run.runId();
        var message = switch (run.state()) {
            case FINISHED -> "Run %s finished at %s.".formatted(id, CliFormats.at(run.endedAt()));
            case STOPPED ->
                "Run %s stopped. Migrations already running in the cloud continue. Use 'resume %s' to continue the run."
                        .formatted(id, id);
            case RUNNING ->
                holder.isEmpty()
                        ? "The process of run %s has ended. Use 'resume %s' to continue the run.".formatted(id, id)
                        : "Run %s will stop within seconds. Use 'status %s' to check.".formatted(id, id);
        };
        print(run, holder, message);
    }

    private Run awaitEnd(RunQueries queries, Run requested) throws InterruptedException {
        Run run = requested;
        for (int poll = 0; poll < MAX_POLLS && run.state() == RunState.RUNNING; poll++) {
            common.context().pause().sleep(POLL_INTERVAL);
            run = find(queries, requested).orElse(run);
            if (queries.holder(run).isEmpty()) {
                // the process may have written its end just before it released the lease
                return find(queries, requested).orElse(run);
            }
        }
        return run;
    }

    private static Optional<Run> find(RunQueries queries, Run run) {
        return queries.runs().find(run.runId());
    }

    private void print(Run run, Optional<Lease> holder, String message) {
        var console = common.console();
        if (!common.json) {
            console.result(Console.safe(message));
            return;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("state", RunQueries.state(run, holder));
        json.put("holder", holder.map(CliFormats::holderJson).orElse(null));
        json.put("message", message);
        console.result(CliJson.text(json));
    }
}
