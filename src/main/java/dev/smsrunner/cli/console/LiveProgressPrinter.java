package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** On a terminal: lines scroll by, and below them a block that is drawn again at every change. */
final class LiveProgressPrinter implements ProgressPrinter {

    private final LiveRegion frame;
    private final ProgressBlock look;
    private final EtaEstimator pace;
    private String title = "";
    private @Nullable StageCounts tally;
    private ApiStats api = ApiStats.NONE;

    LiveProgressPrinter(PrintStream out, ProgressBlock look, EtaEstimator pace, IntSupplier columns) {
        this.frame = new LiveRegion(out, columns);
        this.look = look;
        this.pace = pace;
    }

    @Override
    public synchronized void began(String runId, String text) {
        title = Console.safe(runId);
        said(runId + ": " + text);
    }

    @Override
    public synchronized void progress(StageCounts now, ApiStats used) {
        tally = now;
        api = used;
        draw(List.of());
    }

    @Override
    public synchronized void said(String line) {
        draw(List.of(Console.safe(line)));
    }

    @Override
    public synchronized void ended() {
        draw(List.of());
        frame.leave();
        tally = null;
    }

    private void draw(List<String> above) {
        var lines =
                tally == null ? List.<String>of() : look.lines(title, tally, api, pace.left(tally), frame.columns());
        frame.draw(above, lines);
    }
}
