package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Progress output on a terminal: scrolling lines above a block that is redrawn at every change. */
final class LiveProgressPrinter implements ProgressPrinter {

    private final LiveRegion region;
    private final ProgressBlock block;
    private final EtaEstimator eta;
    private String title = "";
    private @Nullable StageCounts counts;
    private ApiStats api = ApiStats.NONE;

    LiveProgressPrinter(PrintStream out, ProgressBlock block, EtaEstimator eta, IntSupplier columns) {
        this.region = new LiveRegion(out, columns);
        this.block = block;
        this.eta = eta;
    }

    @Override
    public synchronized void stageStarted(String runId, String text) {
        title = Console.safe(runId);
        message(runId + ": " + text);
    }

    @Override
    public synchronized void progress(StageCounts newCounts, ApiStats newStats) {
        counts = newCounts;
        api = newStats;
        draw(List.of());
    }

    @Override
    public synchronized void message(String line) {
        draw(List.of(Console.safe(line)));
    }

    @Override
    public synchronized void finish() {
        draw(List.of());
        region.leave();
        counts = null;
    }

    private void draw(List<String> above) {
        var lines = counts == null
                ? List.<String>of()
                : block.lines(title, counts, api, eta.remaining(counts), region.columns());
        region.draw(above, lines);
    }
}
