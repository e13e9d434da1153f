package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;

/** Printer of the progress of a run on stderr. May be called from several threads. */
public interface ProgressPrinter {

    /** Printer without output. */
    ProgressPrinter SILENT = new ProgressPrinter() {
        @Override
        public void stageStarted(String runId, String text) {}

        @Override
        public void progress(StageCounts counts, ApiStats api) {}

        @Override
        public void message(String line) {}

        @Override
        public void finish() {}
    };

    /** The run or one of its stages has started; the text contains its name. */
    void stageStarted(String runId, String text);

    /** Current counts of the rows. */
    void progress(StageCounts counts, ApiStats api);

    /** A message about one row or the run. */
    void message(String line);

    /** Ends the output. */
    void finish();

    /** Printer for the console: a redrawn block on a terminal, plain lines elsewhere, no output with {@code --quiet}. */
    static ProgressPrinter of(Console console, CommandContext context) {
        if (console.isQuiet()) {
            return SILENT;
        }
        var eta = new EtaEstimator(context.clock());
        if (!context.errIsTerminal() || "dumb".equals(context.environment().get("TERM"))) {
            return new PlainProgressPrinter(context.err(), context.clock(), eta);
        }
        var width = new TerminalWidth(context);
        var block = new ProgressBlock(Terminal.unicode(context.environment()), console.errStyle());
        return new LiveProgressPrinter(context.err(), block, eta, width::columns);
    }
}
