package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Progress output to a file or pipe: a line per message, and the counts every 30 seconds if they changed. */
final class PlainProgressPrinter implements ProgressPrinter {

    private static final Duration INTERVAL = Duration.ofSeconds(30);

    private final PrintStream out;
    private final Clock clock;
    private final EtaEstimator eta;
    private @Nullable Instant printedAt;
    private String printed = "";
    private String latest = "";

    PlainProgressPrinter(PrintStream out, Clock clock, EtaEstimator eta) {
        this.out = out;
        this.clock = clock;
        this.eta = eta;
    }

    @Override
    public synchronized void stageStarted(String runId, String text) {
        print(runId + ": " + text);
    }

    @Override
    public synchronized void progress(StageCounts counts, ApiStats api) {
        var total = counts.total();
        var stages = ProgressBlock.stages(total);
        latest = ProgressBlock.total(total, eta.remaining(counts))
                + (stages.isEmpty() ? "" : "; " + stages)
                + "; "
                + ProgressBlock.text(api);
        var now = clock.instant();
        if (printedAt == null) {
            printedAt = now;
        } else if (Duration.between(printedAt, now).compareTo(INTERVAL) >= 0) {
            printedAt = now;
            printLatest();
        }
    }

    @Override
    public synchronized void message(String line) {
        print(line);
    }

    @Override
    public synchronized void finish() {
        printLatest();
    }

    private void printLatest() {
        if (!latest.equals(printed)) {
            printed = latest;
            print(latest);
        }
    }

    private void print(String line) {
        out.println(CliFormats.at(clock.instant()) + " " + Console.safe(line));
        out.flush();
    }
}
