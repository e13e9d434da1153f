package dev.smsrunner.cli;

import dev.smsrunner.ledger.Outage;
import dev.smsrunner.ledger.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows the status of a run again and again until nobody works on it any more. */
final class Watching {

    private final CommonOptions common;
    private final Surroundings at;
    private final Duration every;
    private final Function<@Nullable String, Status> look;
    private final Frame frame;
    private String told = "";

    /**
     * @param look looks at the run of that id, or at the one that is meant where there is none yet
     */
    Watching(CommonOptions common, Duration every, Function<@Nullable String, Status> look) {
        this.common = common;
        this.at = common.surroundings();
        this.every = every;
        this.look = look;
        this.frame = new Frame(at.out(), new Width(at)::columns);
    }

    /** The status in which the run was left. */
    Status untilTheEnd() throws InterruptedException {
        var status = look.apply(null);
        while (underWay(status)) {
            show(status);
            at.pause().forAbout(every);
            status = again(status);
        }
        if (onTerminal()) {
            frame.draw(List.of(), List.of());
        }
        return status;
    }

    private static boolean underWay(Status status) {
        return status.run().state() == RunState.RUNNING && status.holder().isPresent();
    }

    /** A database that cannot be reached just now is asked again: the one who watches should not have to come back. */
    private Status again(Status before) {
        try {
            return look.apply(before.run().runId());
        } catch (RuntimeException away) {
            if (!Outage.passing(away)) {
                throw away;
            }
            common.console().say("The database cannot be read just now; trying on.");
            return before;
        }
    }

    private void show(Status status) {
        if (common.json) {
            tell(CliJson.line(status.json()));
        } else if (onTerminal()) {
            draw(status);
        } else {
            var total = status.report().tally().total();
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
            common.console().result(common.json ? line : Told.at(common.clock().instant()) + " " + line);
        }
    }

    private void draw(Status status) {
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
