package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;

/** Tells an operator on stderr how a run goes. May be called from several threads. */
public interface ProgressPrinter {

    /** Says nothing. */
    ProgressPrinter SILENT = new ProgressPrinter() {
        @Override
        public void began(String runId, String text) {}

        @Override
        public void progress(StageCounts tally, ApiStats api) {}

        @Override
        public void said(String line) {}

        @Override
        public void ended() {}
    };

    /** The run has its id; the text says what begins. Also when another stage of the run begins. */
    void began(String runId, String text);

    /** Where the rows are now. */
    void progress(StageCounts tally, ApiStats api);

    /** Something about one row or the run. */
    void said(String line);

    /** Nothing more will be told. */
    void ended();

    /** A redrawn block on a terminal, plain lines elsewhere, nothing with {@code --quiet}. */
    static ProgressPrinter on(Console console, CommandContext at) {
        if (console.quiet()) {
            return SILENT;
        }
        var pace = new EtaEstimator(at.clock());
        if (!at.errIsTerminal() || "dumb".equals(at.environment().get("TERM"))) {
            return new PlainProgressPrinter(at.err(), at.clock(), pace);
        }
        var width = new TerminalWidth(at);
        var look = new ProgressBlock(Terminal.unicode(at.environment()), console.errPaint());
        return new LiveProgressPrinter(at.err(), look, pace, width::columns);
    }
}
