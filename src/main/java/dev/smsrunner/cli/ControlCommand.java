package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.LedgerRow;
import java.util.List;
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
            "                 --force overrides the order and a consistency difference, but not the window, a gate,",
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
            names = "--wave",
            paramLabel = "WAVE",
            description = "With launch: all servers of the wave that wait for it.")
    private @Nullable String wave;

    @Option(names = "--all", description = "With launch: all servers of the run that wait for it.")
    private boolean all;

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
        checkSelection();
        var actor = common.actor().via(SubmittedControls.INTERFACE);
        try (var queries = RunQueries.open(common)) {
            var run = selector.select(queries.runs().findAll(), common.place());
            var controls = new SubmittedControls(common, queries, run);
            controls.requireProcess();
            if (wave != null || all) {
                return launchMany(controls, actor);
            }
            var row = number == null && server == null ? null : controls.row(number, server);
            var action = action(row);
            var refusal = row == null ? Optional.<String>empty() : action.refusal(row);
            if (refusal.isPresent()) {
                throw SubmittedControls.refusal(refusal.get() + ". Nothing was changed.");
            }
            if (action == ControlAction.LAUNCH_FORCED && row != null) {
                common.console()
                        .info(Console.safe(ForcedLaunch.of(
                                row, run, queries.ledger(), common.clock().instant())));
            }
            confirm(action, row);
            var request = ControlRequest.of(action, row == null ? null : row.row(), actor);
            return controls.print(actionName(), controls.submit(List.of(request)), false);
        }
    }

    /** Launches all servers of the selection that wait for a launch. */
    private int launchMany(SubmittedControls controls, Actor actor) throws InterruptedException {
        var action = action(null);
        var rows = controls.queries().ledger().findAll(controls.run().runId()).stream()
                .filter(row -> wave == null || wave.equals(row.wave()))
                .filter(row -> action.refusal(row).isEmpty())
                .toList();
        if (rows.isEmpty()) {
            throw SubmittedControls.refusal("No server%s waits for a launch. Nothing was changed."
                    .formatted(wave == null ? "" : " of wave " + wave));
        }
        confirm("Launch the targets of %s now? [y/N] ".formatted(Plural.of(rows.size(), "server")));
        var requests = rows.stream()
                .map(row -> ControlRequest.of(action, row.row(), actor))
                .toList();
        return controls.print(actionName(), controls.submit(requests), true);
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

    private void checkSelection() {
        boolean one = number != null || server != null;
        boolean many = wave != null || all;
        if (many && requested != Action.LAUNCH) {
            throw CommandException.badInput("--wave and --all are valid with launch only. Remove them.");
        }
        if (many && (one || wave != null && all)) {
            throw CommandException.badInput(
                    "Several selections for 'launch'. Set one of --row, --server, --wave and --all.");
        }
        boolean needed = requested == Action.LAUNCH || requested == Action.SKIP;
        if (needed && !one && !many) {
            throw CommandException.badInput("Missing server for '%s'. Set --row or --server%s."
                    .formatted(actionName(), requested == Action.LAUNCH ? ", or --wave or --all" : ""));
        }
        if (one && !needed && requested != Action.RETRY) {
            throw CommandException.badInput(
                    "'%s' applies to the whole run. Remove --row and --server.".formatted(actionName()));
        }
    }

    private void confirm(ControlAction action, @Nullable LedgerRow row) {
        if (row != null && (action.isLaunch() || action == ControlAction.SKIP_RUNNING)) {
            var question = action.isLaunch()
                    ? "Launch the target of %s now? [y/N] "
                    : "Skip %s, although SMS continues its work for it? [y/N] ";
            confirm(question.formatted(row.label()));
        }
    }

    private void confirm(String question) {
        var terminal = System.console();
        if (yes) {
            return;
        }
        var answer = terminal == null ? null : terminal.readLine("%s", Console.safe(question));
        if (!Console.isYes(answer)) {
            throw SubmittedControls.refusal(
                    "Not confirmed; nothing was changed. Use --yes in non-interactive sessions.");
        }
    }

    private String actionName() {
        return requested.name().toLowerCase(Locale.ROOT);
    }
}
