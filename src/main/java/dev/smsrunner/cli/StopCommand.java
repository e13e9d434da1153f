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

/** Asks the process that works on a run to end it gracefully. */
@Command(
        name = "stop",
        header = "Stops a run gracefully.",
        description = "Nothing more is changed in the cloud, what goes on there goes on, and 'resume RUN' continues.")
final class StopCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int LOOKS = 60;

    @Mixin
    private RunSelector choice;

    @Option(
            names = "--wait",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Wait until it has stopped, up to 30 seconds (the default), or do not.")
    private boolean wait;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        try (var books = RunQueries.open(common)) {
            var run = choice.among(books.runs().findAll(), common.place());
            var holder = books.holder(run);
            if (holder.isEmpty()) {
                print(run, holder, nothingToStop(run));
                return ExitCode.OK.code();
            }
            books.runs().requestStop(run.runId());
            common.console()
                    .say("Asked run %s to stop (%s)."
                            .formatted(run.runId(), Console.safe(CliFormats.holder(holder.get()))));
            ended(books, wait ? awaitEnd(books, run) : run);
        }
        return ExitCode.OK.code();
    }

    private String nothingToStop(Run run) {
        var id = run.runId();
        return switch (run.state()) {
            case FINISHED ->
                "Run %s finished at %s; there is nothing to stop.".formatted(id, CliFormats.at(run.endedAt()));
            case STOPPED ->
                "Run %s was stopped at %s already; 'resume %s' goes on."
                        .formatted(id, CliFormats.at(run.endedAt()), id);
            case RUNNING ->
                "Nobody is running %s, its process is gone; there is nothing to stop. 'resume %s' goes on."
                        .formatted(id, id);
        };
    }

    private void ended(RunQueries books, Run run) {
        var holder = books.holder(run);
        var id = run.runId();
        var what = switch (run.state()) {
            case FINISHED -> "Run %s came to its end at %s.".formatted(id, CliFormats.at(run.endedAt()));
            case STOPPED ->
                "Run %s is stopped; what goes on in the cloud goes on. 'resume %s' continues it.".formatted(id, id);
            case RUNNING ->
                holder.isEmpty()
                        ? "The process of run %s is gone. 'resume %s' goes on.".formatted(id, id)
                        : "Run %s will stop within seconds; 'status %s' tells.".formatted(id, id);
        };
        print(run, holder, what);
    }

    private Run awaitEnd(RunQueries books, Run asked) throws InterruptedException {
        Run run = asked;
        for (int look = 0; look < LOOKS && run.state() == RunState.RUNNING; look++) {
            common.surroundings().pause().sleep(LOOK_EVERY);
            run = look(books, asked).orElse(run);
            if (books.holder(run).isEmpty()) {
                // its last words may have been written just before it let go
                return look(books, asked).orElse(run);
            }
        }
        return run;
    }

    private static Optional<Run> look(RunQueries books, Run run) {
        return books.runs().find(run.runId());
    }

    private void print(Run run, Optional<Lease> holder, String what) {
        var console = common.console();
        if (!common.json) {
            console.result(Console.safe(what));
            return;
        }
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", run.runId());
        json.put("state", RunQueries.state(run, holder));
        json.put("holder", holder.map(CliFormats::holderJson).orElse(null));
        json.put("message", what);
        console.result(CliJson.text(json));
    }
}
