package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** In a file or a pipe: a line for each thing said, and every half minute one on how far all is, if that changed. */
final class PlainProgressPrinter implements ProgressPrinter {

    private static final Duration EVERY = Duration.ofSeconds(30);

    private final PrintStream out;
    private final Clock clock;
    private final EtaEstimator pace;
    private @Nullable Instant toldAt;
    private String told = "";
    private String latest = "";

    PlainProgressPrinter(PrintStream out, Clock clock, EtaEstimator pace) {
        this.out = out;
        this.clock = clock;
        this.pace = pace;
    }

    @Override
    public synchronized void began(String runId, String text) {
        print(runId + ": " + text);
    }

    @Override
    public synchronized void progress(StageCounts tally, ApiStats api) {
        var total = tally.total();
        var stages = ProgressBlock.stages(total);
        latest = ProgressBlock.total(total, pace.left(tally))
                + (stages.isEmpty() ? "" : "; " + stages)
                + "; "
                + ProgressBlock.text(api);
        var now = clock.instant();
        if (toldAt == null) {
            toldAt = now;
        } else if (Duration.between(toldAt, now).compareTo(EVERY) >= 0) {
            toldAt = now;
            tellLatest();
        }
    }

    @Override
    public synchronized void said(String line) {
        print(line);
    }

    @Override
    public synchronized void ended() {
        tellLatest();
    }

    private void tellLatest() {
        if (!latest.equals(told)) {
            told = latest;
            print(latest);
        }
    }

    private void print(String line) {
        out.println(CliFormats.at(clock.instant()) + " " + Console.safe(line));
        out.flush();
    }
}
