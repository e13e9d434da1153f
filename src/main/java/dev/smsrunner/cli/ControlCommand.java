package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a request to the process that works on a run, as the live page does. */
@Command(
        name = "control",
        header = "Sends a request to the process that works on a run: pause, resume, retry, launch, skip or stop.",
        description = {
            "pause            start no more copies and launch no more targets; running copies continue",
            "resume           continue to start and launch",
            "retry            retry one failed row, or all failed rows",
            "launch           launch a row that is in sync, inside the window and after its dependencies;",
            "                 --force overrides the order and a consistency difference, but not the window,",
            "                 cutover.launches and cutover.pace",
            "skip             end the row; SMS continues its work for the server; a skipped row that failed",
            "                 no longer blocks the rows that depend on it",
            "stop             same as the command 'stop'"
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner control last pause",
            "  sms-runner control last retry",
            "  sms-runner control last launch --server erp-db-01 --yes"
        })
final class ControlCommand implements Callable<Integer> {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(300);
    private static final int MAX_POLLS = 200;

    /** Values of the ACTION argument. */
    enum Action {
        PAUSE,
        RESUME,
        RETRY,
        LAUNCH,
        SKIP,
        STOP
    }

    @Mixin
    private RunSelector selector;

    @Parameters(
            index = "1",
            paramLabel = "ACTION",
            description = "One of ${COMPLETION-CANDIDATES}, in any letter case.")
    private Action requested = Action.PAUSE;

    @Option(names = "--row", paramLabel = "N", description = "Row number.")
    private @Nullable Integer number;

    @Option(names = "--server", paramLabel = "NAME", description = "Server name of the row.")
    private @Nullable String server;

    @Option(
            names = "--force",
            description =
                    "With launch: override the order of launches and a consistency difference. cutover.launches and cutover.pace"
                            + " still apply. The reason of the row contains the requester and the overridden conditions.")
    private boolean force;

    @Option(names = "--yes", description = "Launch, or skip a running migration, without confirmation.")
    private boolean yes;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        var actor = common.actor();
        try (var queries = RunQueries.open(common)) {
            var run = selector.select(queries.runs().findAll(), common.place());
            if (queries.holder(run).isEmpty()) {
                throw refusal("No process works on run %s, so it accepts no requests.".formatted(run.runId()));
            }
            var row = row(queries, run);
            var action = action(row);
            var refusal = row == null ? Optional.<String>empty() : action.refusal(row);
            if (refusal.isPresent()) {
                throw refusal(refusal.get() + ". Nothing was changed.");
            }
            if (action == ControlAction.LAUNCH_FORCED && row != null) {
                common.console()
                        .info(Console.safe(ForcedLaunch.of(
                                row, run, queries.ledger(), common.clock().instant())));
            }
            confirm(action, row);
            var controls = new Controls(queries.database().source(), common.clock());
            var request = ControlRequest.of(action, row == null ? null : row.row(), actor.via("command line"));
            long id = controls.submit(run.runId(), request);
            return print(awaitAnswer(queries, controls, run, id));
        }
    }

    private ControlAction action(@Nullable LedgerRow row) {
        if (requested == Action.RETRY && row == null) {
            return ControlAction.RETRY_ALL;
        }
        if (force && requested != Action.LAUNCH) {
            throw CommandException.badInput("--force is valid with launch only. Remove it.");
        }
        if (force) {
            return ControlAction.LAUNCH_FORCED;
        }
        boolean underWay = row != null && row.stage().isUnderWay();
        return requested == Action.SKIP && underWay
                ? ControlAction.SKIP_RUNNING
                : ControlAction.valueOf(requested.name());
    }

    private @Nullable LedgerRow row(RunQueries queries, Run run) {
        boolean given = number != null || server != null;
        boolean needed = requested == Action.LAUNCH || requested == Action.SKIP;
        if (given != (needed || requested == Action.RETRY && given)) {
            throw CommandException.badInput(
                    given
                            ? "'%s' applies to the whole run. Remove --row and --server.".formatted(actionName())
                            : "Missing server for '%s'. Set --row or --server.".formatted(actionName()));
        }
        return given ? new RowFinder(run.runId(), queries.ledger().findAll(run.runId())).find(number, server) : null;
    }

    private void confirm(ControlAction action, @Nullable LedgerRow row) {
        boolean needsConfirmation = action.isLaunch() || action == ControlAction.SKIP_RUNNING;
        if (!needsConfirmation || yes || row == null) {
            return;
        }
        var terminal = System.console();
        var question = action.isLaunch()
                ? "Launch the target of %s now? [y/N] "
                : "Skip %s, although SMS continues its work for it? [y/N] ";
        var answer = terminal == null ? null : terminal.readLine(question, Console.safe(row.label()));
        if (!Console.isYes(answer)) {
            throw refusal("Not confirmed; nothing was changed. Use --yes in non-interactive sessions.");
        }
    }

    /** Waits for the answer while the process is alive. */
    private Control awaitAnswer(RunQueries queries, Controls controls, Run run, long id) throws InterruptedException {
        for (int poll = 0; poll < MAX_POLLS; poll++) {
            var control = controls.find(id).orElseThrow();
            if (control.state() != Control.State.ASKED || queries.holder(run).isEmpty()) {
                return controls.find(id).orElseThrow();
            }
            common.context().pause().sleep(POLL_INTERVAL);
        }
        return controls.find(id).orElseThrow();
    }

    private int print(Control control) {
        var console = common.console();
        if (common.json) {
            var json = new LinkedHashMap<String, @Nullable Object>();
            json.put("control_id", control.id());
            json.put("state", control.state().name());
            json.put("answer", control.answer());
            console.result(CliJson.text(json));
        } else {
            console.result(Console.safe(
                    control.answer() == null
                            ? "Requested, not done yet. The live page and the reports will show the result."
                            : "%s: %s.".formatted(actionName(), control.answer())));
        }
        return (control.state() == Control.State.REFUSED ? ExitCode.REFUSED : ExitCode.OK).code();
    }

    private String actionName() {
        return requested.name().toLowerCase(Locale.ROOT);
    }

    private static CommandException refusal(String reason) {
        return new CommandException(ExitCode.REFUSED, reason);
    }
}
