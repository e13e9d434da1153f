package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
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

/** Asks the process that works on a run for something, as the live page does. */
@Command(
        name = "control",
        header = "Asks the process that works on a run to pause, to try a row again, to launch or to skip one.",
        description = {
            "pause, resume    start no copy and launch no target; start and launch again; copies under way continue",
            "retry            the row that failed, or all that did",
            "launch           the row that is in sync, inside the window and after what it depends on;",
            "                 --force overrides the order and a consistency difference, not the window,",
            "                 cutover.launches and cutover.pace",
            "skip             close the row; SMS continues its work for the server; a row that failed",
            "                 does not hold those that depend on it any more",
            "stop             as the command of that name"
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner control last pause",
            "  sms-runner control last retry",
            "  sms-runner control last launch --server erp-db-01 --yes"
        })
final class ControlCommand implements Callable<Integer> {

    private static final Duration LOOK_EVERY = Duration.ofMillis(300);
    private static final int LOOKS = 200;

    /** What a person may say. */
    enum Word {
        PAUSE,
        RESUME,
        RETRY,
        LAUNCH,
        SKIP,
        STOP
    }

    @Mixin
    private RunSelector choice;

    @Parameters(
            index = "1",
            paramLabel = "ACTION",
            description = "One of ${COMPLETION-CANDIDATES}, in any letter case.")
    private Word word = Word.PAUSE;

    @Option(names = "--row", paramLabel = "N", description = "The row, by its number.")
    private @Nullable Integer number;

    @Option(names = "--server", paramLabel = "NAME", description = "The row, by the name of its server.")
    private @Nullable String server;

    @Option(
            names = "--force",
            description =
                    "With launch: override the order of launches and a consistency difference; cutover.launches and cutover.pace"
                            + " still hold it. The reason of the row tells who asked and what was overridden.")
    private boolean force;

    @Option(names = "--yes", description = "Launch, or skip what is under way, without being asked once more.")
    private boolean yes;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        try (var books = RunQueries.open(common)) {
            var run = choice.among(books.runs().findAll(), common.place());
            if (books.holder(run).isEmpty()) {
                throw refused("Nobody works on run %s, so nothing can be asked of it.".formatted(run.runId()));
            }
            var row = row(books, run);
            var action = action(row);
            var refusal = row == null ? Optional.<String>empty() : action.refusal(row);
            if (refusal.isPresent()) {
                throw refused(refusal.get() + ". Nothing was changed.");
            }
            if (action == ControlAction.LAUNCH_FORCED && row != null) {
                common.console()
                        .say(Console.safe(ForcedLaunch.of(
                                row, run, books.ledger(), common.clock().instant())));
            }
            confirm(action, row);
            var controls = new Controls(books.database().source(), common.clock());
            var who = System.getProperty("user.name") + ", command line";
            long id = controls.submit(run.runId(), action, row == null ? null : row.row(), who);
            return tell(answered(books, controls, run, id));
        }
    }

    private ControlAction action(@Nullable LedgerRow row) {
        if (word == Word.RETRY && row == null) {
            return ControlAction.RETRY_ALL;
        }
        if (force && word != Word.LAUNCH) {
            throw new CommandException(ExitCode.BAD_INPUT, "--force goes with launch only. Leave it away.");
        }
        if (force) {
            return ControlAction.LAUNCH_FORCED;
        }
        boolean underWay = row != null && row.stage().isUnderWay();
        return word == Word.SKIP && underWay ? ControlAction.SKIP_RUNNING : ControlAction.valueOf(word.name());
    }

    private @Nullable LedgerRow row(RunQueries books, Run run) {
        boolean named = number != null || server != null;
        boolean needed = word == Word.LAUNCH || word == Word.SKIP;
        if (named != (needed || word == Word.RETRY && named)) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    named
                            ? "'%s' is about the whole run: leave --row and --server away.".formatted(said())
                            : "Which server? Name it with --row or --server.");
        }
        return named ? new RowFinder(run.runId(), books.ledger().findAll(run.runId())).find(number, server) : null;
    }

    private void confirm(ControlAction action, @Nullable LedgerRow row) {
        boolean grave = action.isLaunch() || action == ControlAction.SKIP_RUNNING;
        if (!grave || yes || row == null) {
            return;
        }
        var terminal = System.console();
        var question = action.isLaunch()
                ? "Launch the target of %s now? [y/N] "
                : "Skip %s, although SMS continues its work for it? [y/N] ";
        var answer = terminal == null ? null : terminal.readLine(question, Console.safe(row.label()));
        if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
            throw refused("Not confirmed; nothing was changed. Say --yes where nobody can be asked.");
        }
    }

    /** Waits for the answer while the process lives. */
    private Control answered(RunQueries books, Controls controls, Run run, long id) throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            var asked = controls.find(id).orElseThrow();
            if (asked.state() != Control.State.ASKED || books.holder(run).isEmpty()) {
                return controls.find(id).orElseThrow();
            }
            common.surroundings().pause().sleep(LOOK_EVERY);
        }
        return controls.find(id).orElseThrow();
    }

    private int tell(Control control) {
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
                            ? "Asked, and not done yet; the live page and the reports will tell."
                            : "%s: %s.".formatted(said(), control.answer())));
        }
        return (control.state() == Control.State.REFUSED ? ExitCode.REFUSED : ExitCode.OK).code();
    }

    private String said() {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static CommandException refused(String why) {
        return new CommandException(ExitCode.REFUSED, why);
    }
}
