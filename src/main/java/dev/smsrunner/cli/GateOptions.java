package dev.smsrunner.cli;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.GateAnswer;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Run;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Options of the commands that answer a gate. */
final class GateOptions {

    private static final int LONGEST_COMMENT = 500;

    @Mixin
    private RunSelector selector;

    @Parameters(index = "1", paramLabel = "GATE", description = "Name of the gate, as in the job file.")
    private String gate = "";

    @Option(names = "--row", paramLabel = "N", description = "Only the row with this number.")
    private @Nullable Integer number;

    @Option(names = "--server", paramLabel = "NAME", description = "Only the server with this name.")
    private @Nullable String server;

    @Option(names = "--wave", paramLabel = "WAVE", description = "Only the rows of this wave.")
    private @Nullable String wave;

    @Option(
            names = "--comment",
            paramLabel = "TEXT",
            description = "Comment for the record of the run, at most 500 characters.")
    private @Nullable String comment;

    @Mixin
    private CommonOptions common;

    /** Sends the answer to the process of the run, and prints the result. */
    int answer(ControlAction action, String name) throws InterruptedException {
        checkOptions();
        var actor = common.actor().via(SubmittedControls.INTERFACE);
        try (var queries = RunQueries.open(common)) {
            var run = selector.select(queries.runs().findAll(), common.place());
            checkGate(run);
            var controls = new SubmittedControls(common, queries, run);
            controls.requireProcess();
            var row = number == null && server == null ? null : controls.row(number, server);
            var request = new ControlRequest(action, row == null ? null : row.row(), actor, gate, wave, comment);
            return controls.print(name, controls.submit(List.of(request)), false);
        }
    }

    private void checkOptions() {
        if (wave != null && (number != null || server != null)) {
            throw CommandException.badInput(
                    "--wave selects all rows of a wave. Remove it, or remove --row and --server.");
        }
        if (comment != null && comment.length() > LONGEST_COMMENT) {
            throw CommandException.badInput(
                    "--comment has %d characters. Write at most %d.".formatted(comment.length(), LONGEST_COMMENT));
        }
    }

    private void checkGate(Run run) {
        var plan = CutoverPlan.fromSettings(run.settings());
        if (plan.gate(gate).isEmpty()) {
            throw SubmittedControls.refusal("Nothing was changed: %s.".formatted(GateAnswer.unknown(gate, plan)));
        }
    }
}
