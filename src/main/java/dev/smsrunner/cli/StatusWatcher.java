package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CliFormats;
import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.cli.console.LiveRegion;
import dev.smsrunner.cli.console.ProgressBlock;
import dev.smsrunner.cli.console.Terminal;
import dev.smsrunner.cli.console.TerminalWidth;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows the status of a run again and again until nobody works on it any more. */
final class StatusWatcher {

    private final CommonOptions common;
    private final CommandContext at;
    private final Duration every;
    private final Function<@Nullable String, RunStatus> look;
    private final LiveRegion frame;
    private String told = "";

    /**
     * @param look looks at the run of that id, or at the one that is meant where there is none yet
     */
    StatusWatcher(CommonOptions common, Duration every, Function<@Nullable String, RunStatus> look) {
        this.common = common;
        this.at = common.surroundings();
        this.every = every;
        this.look = look;
        this.frame = new LiveRegion(at.out(), new TerminalWidth(at)::columns);
    }

    /** The status in which the run was left. */
    RunStatus untilTheEnd() throws InterruptedException {
        var status = look.apply(null);
        while (underWay(status)) {
            show(status);
            at.pause().sleep(every);
            status = again(status);
        }
        if (onTerminal()) {
            frame.draw(List.of(), List.of());
        }
        return status;
    }

    private static boolean underWay(RunStatus status) {
        return status.run().state() == RunState.RUNNING && status.holder().isPresent();
    }

    /** A database that cannot be reached just now is asked again: the one who watches should not have to come back. */
    private RunStatus again(RunStatus before) {
        try {
            return look.apply(before.run().runId());
        } catch (RuntimeException ex) {
            if (!DatabaseRetry.isTransient(ex)) {
                throw ex;
            }
            common.console().say("The database cannot be read just now; trying on.");
            return before;
        }
    }

    private void show(RunStatus status) {
        if (common.json) {
            tell(CliJson.line(status.json()));
        } else if (onTerminal()) {
            draw(status);
        } else {
            var total = status.report().stageCounts().total();
            var stages = ProgressBlock.stages(total);
            tell(ProgressBlock.total(total, java.util.Optional.empty()) + (stages.isEmpty() ? "" : "; " + stages));
        }
    }

    private boolean onTerminal() {
        return !common.json
                && at.outIsTerminal()
                && !"dumb".equals(at.environment().get("TERM"));
    }

    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            common.console()
                    .result(common.json ? line : CliFormats.at(common.clock().instant()) + " " + line);
        }
    }

    private void draw(RunStatus status) {
        var lines = status.lines(common.console().outPaint(), common.clock().instant());
        int room = Math.max(5, Terminal.height(at.environment()) - 2);
        var shown = new ArrayList<>(lines.subList(0, Math.min(room, lines.size())));
        if (shown.size() < lines.size()) {
            shown.set(room - 1, "and %d more lines; without --watch all are shown".formatted(lines.size() - room + 1));
        }
        frame.draw(
                List.of(),
                shown.stream().map(line -> cut(line, frame.columns())).toList());
    }

    /** Colours take no room; a line that is too long loses them with its end. */
    private static String cut(String line, int columns) {
        var plain = line.replaceAll("\u001b\\[[0-9;]*m", "");
        return plain.length() < columns ? line : plain.substring(0, Math.max(1, columns - 2)) + "~";
    }
}
