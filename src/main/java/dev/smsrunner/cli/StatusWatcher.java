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

/** Refreshes the status of a run until no process works on it any more. */
final class StatusWatcher {

    private final CommonOptions common;
    private final CommandContext context;
    private final Duration interval;
    private final Function<@Nullable String, RunStatus> reader;
    private final LiveRegion region;
    private String printed = "";

    /**
     * @param reader reads the status of the run with the given id, or of the selected run for null
     */
    StatusWatcher(CommonOptions common, Duration interval, Function<@Nullable String, RunStatus> reader) {
        this.common = common;
        this.context = common.context();
        this.interval = interval;
        this.reader = reader;
        this.region = new LiveRegion(context.out(), new TerminalWidth(context)::columns);
    }

    /** Watches the run and returns its last status. */
    RunStatus watch() throws InterruptedException {
        var status = reader.apply(null);
        while (isUnderWay(status)) {
            show(status);
            context.pause().sleep(interval);
            status = refresh(status);
        }
        if (isOnTerminal()) {
            region.draw(List.of(), List.of());
        }
        return status;
    }

    private static boolean isUnderWay(RunStatus status) {
        return status.run().state() == RunState.RUNNING && status.holder().isPresent();
    }

    /** Reads the status again; keeps the previous one while the database is unavailable. */
    private RunStatus refresh(RunStatus before) {
        try {
            return reader.apply(before.run().runId());
        } catch (RuntimeException ex) {
            if (!DatabaseRetry.isTransient(ex)) {
                throw ex;
            }
            common.console().info("Cannot read the database at the moment; retrying.");
            return before;
        }
    }

    private void show(RunStatus status) {
        if (common.json) {
            print(CliJson.line(status.json(common.clock().instant())));
        } else if (isOnTerminal()) {
            draw(status);
        } else {
            var total = status.report().stageCounts().total();
            var stages = ProgressBlock.stages(total);
            print(ProgressBlock.total(total, java.util.Optional.empty()) + (stages.isEmpty() ? "" : "; " + stages));
        }
    }

    private boolean isOnTerminal() {
        return !common.json
                && context.outIsTerminal()
                && !"dumb".equals(context.environment().get("TERM"));
    }

    private void print(String line) {
        if (!line.equals(printed)) {
            printed = line;
            common.console()
                    .result(common.json ? line : CliFormats.at(common.clock().instant()) + " " + line);
        }
    }

    private void draw(RunStatus status) {
        var lines = status.lines(common.console().outStyle(), common.clock().instant());
        int room = Math.max(5, Terminal.height(context.environment()) - 2);
        var shown = new ArrayList<>(lines.subList(0, Math.min(room, lines.size())));
        if (shown.size() < lines.size()) {
            shown.set(room - 1, "and %d more lines; omit --watch to show all".formatted(lines.size() - room + 1));
        }
        region.draw(
                List.of(),
                shown.stream().map(line -> cut(line, region.columns())).toList());
    }

    /** Cuts a line to the visible width; a line that is too long loses its colours. */
    private static String cut(String line, int columns) {
        var plain = line.replaceAll("\u001b\\[[0-9;]*m", "");
        return plain.length() < columns ? line : plain.substring(0, Math.max(1, columns - 2)) + "~";
    }
}
