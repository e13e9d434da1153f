package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.run.RunListener;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Run listener that prints for the operator. */
public final class ConsoleRunListener implements RunListener {

    private final ProgressPrinter printer;
    private final Function<String, Optional<String>> page;
    private final Consumer<Collection<LedgerRow>> onObservation;
    private final Consumer<ApiStats> onUsage;
    private final Runnable onStage;
    private volatile String runId = "";

    /**
     * @param page opens the live page of a run id and returns the message about it
     * @param onObservation receives the observed copy progress
     * @param onUsage receives the API usage
     * @param onStage called at the start of each stage, when the log of the run is open
     */
    public ConsoleRunListener(
            ProgressPrinter printer,
            Function<String, Optional<String>> page,
            Consumer<Collection<LedgerRow>> onObservation,
            Consumer<ApiStats> onUsage,
            Runnable onStage) {
        this.printer = printer;
        this.page = page;
        this.onObservation = onObservation;
        this.onUsage = onUsage;
        this.onStage = onStage;
    }

    @Override
    public void standbyWaits(String text) {
        printer.message(text);
    }

    @Override
    public void runStarted(Run run, boolean resumed) {
        runId = run.runId();
        printer.stageStarted(
                runId, (resumed ? "resumes %s of %s" : "starts %s of %s").formatted(run.job(), run.inventoryFile()));
        page.apply(runId).ifPresent(printer::message);
    }

    @Override
    public void stageStarted(String name) {
        onStage.run();
        printer.stageStarted(runId, name);
    }

    @Override
    public void runMessage(String text) {
        printer.message(runId + ": " + text);
    }

    @Override
    public void gateDecided(GateDecision decision) {
        runMessage(decision.sentence(runId));
    }

    @Override
    public void rowsObserved(Collection<LedgerRow> rows) {
        onObservation.accept(rows);
    }

    @Override
    public void progress(StageCounts counts, ApiStats api) {
        onUsage.accept(api);
        printer.progress(counts, api);
    }

    @Override
    public void rowMessage(LedgerRow row, String text) {
        printer.message((row.wave().isEmpty() ? "" : row.wave() + " ") + row.label() + ": " + text);
    }
}
