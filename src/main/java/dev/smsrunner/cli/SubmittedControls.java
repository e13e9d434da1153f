package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests to the process that works on a run, and its answers. */
record SubmittedControls(CommonOptions common, RunQueries queries, Run run) {

    /** Interface in the record of the operator. */
    static final String INTERFACE = "command line";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);
    private static final int MAX_POLLS = 200;

    /** @throws CommandException when no process works on the run */
    void requireProcess() {
        if (queries.holder(run).isEmpty()) {
            throw refusal("No process works on run %s, so it accepts no requests.".formatted(run.runId()));
        }
    }

    /** Row of the run that the options select. */
    LedgerRow row(@Nullable Integer number, @Nullable String server) {
        return new RowFinder(run.runId(), queries.ledger().findAll(run.runId())).find(number, server);
    }

    /** Submits the requests and waits for the answers while the process is alive. */
    List<Control> submit(List<ControlRequest> requests) throws InterruptedException {
        var controls = new Controls(queries.database().source(), common.clock());
        var ids = requests.stream()
                .map(request -> controls.submit(run.runId(), request))
                .toList();
        var answers = new ArrayList<Control>();
        for (long id : ids) {
            answers.add(awaitAnswer(controls, id));
        }
        return answers;
    }

    private Control awaitAnswer(Controls controls, long id) throws InterruptedException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            var control = controls.find(id).orElseThrow();
            if (control.state() != Control.State.ASKED || queries.holder(run).isEmpty()) {
                return controls.find(id).orElseThrow();
            }
            common.context().pause().sleep(POLL_INTERVAL);
        }
        return controls.find(id).orElseThrow();
    }

    /**
     * Prints the answers and returns the exit code.
     *
     * @param name name of the action
     * @param asList whether the JSON form is a list, which has the row of each answer
     */
    int print(String name, List<Control> answers, boolean asList) {
        if (common.json) {
            var all = answers.stream().map(SubmittedControls::json).toList();
            common.console()
                    .result(CliJson.text(
                            asList ? new LinkedHashMap<>(Map.of("controls", all)) : withoutRow(all.get(0))));
        } else {
            answers.forEach(control -> common.console().result(Console.safe(text(name, control, asList))));
        }
        boolean refused = answers.stream().anyMatch(control -> control.state() == Control.State.REFUSED);
        return (refused ? ExitCode.REFUSED : ExitCode.OK).code();
    }

    private static String text(String name, Control control, boolean withRow) {
        var what = withRow && control.row() != null ? "%s of row %d".formatted(name, control.row()) : name;
        return control.answer() == null
                ? "Requested, not done yet. The live page and the reports will show the result."
                : "%s: %s.".formatted(what, control.answer());
    }

    private static Map<String, @Nullable Object> json(Control control) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("control_id", control.id());
        json.put("row", control.row());
        json.put("state", control.state().name());
        json.put("answer", control.answer());
        return json;
    }

    private static Map<String, @Nullable Object> withoutRow(Map<String, @Nullable Object> json) {
        json.remove("row");
        return json;
    }

    static CommandException refusal(String reason) {
        return new CommandException(ExitCode.REFUSED, reason);
    }
}
