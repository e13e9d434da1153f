package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.run.RunListener;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Passes what a run tells on to the operator. */
public final class ConsoleRunListener implements RunListener {

    private final ProgressPrinter voice;
    private final Function<String, Optional<String>> page;
    private final Consumer<Collection<LedgerRow>> looked;
    private final Runnable underWay;
    private volatile String runId = "";

    public ConsoleRunListener(ProgressPrinter voice) {
        this(voice, runId -> Optional.empty(), rows -> {}, () -> {});
    }

    /**
     * @param page opened for the run when it has its id; what it says of itself is told
     * @param looked hears how far the copies are
     * @param underWay called at each stage of the run, which has its log by then
     */
    public ConsoleRunListener(
            ProgressPrinter voice,
            Function<String, Optional<String>> page,
            Consumer<Collection<LedgerRow>> looked,
            Runnable underWay) {
        this.voice = voice;
        this.page = page;
        this.looked = looked;
        this.underWay = underWay;
    }

    @Override
    public void runStarted(Run run, boolean resumed) {
        runId = run.runId();
        voice.began(
                runId,
                (resumed ? "goes on with %s of %s" : "begins %s of %s").formatted(run.job(), run.inventoryFile()));
        page.apply(runId).ifPresent(voice::said);
    }

    @Override
    public void stageStarted(String name) {
        underWay.run();
        voice.began(runId, name);
    }

    @Override
    public void runMessage(String text) {
        voice.said(runId + ": " + text);
    }

    @Override
    public void rowsObserved(Collection<LedgerRow> rows) {
        looked.accept(rows);
    }

    @Override
    public void progress(StageCounts tally, ApiStats api) {
        voice.progress(tally, api);
    }

    @Override
    public void rowMessage(LedgerRow row, String text) {
        voice.said((row.wave().isEmpty() ? "" : row.wave() + " ") + row.label() + ": " + text);
    }
}
