package dev.smsrunner.cli;

import dev.smsrunner.ledger.Tally;
import dev.smsrunner.run.ApiFigures;

/** Tells an operator on stderr how a run goes. May be called from several threads. */
interface ProgressVoice {

    /** Says nothing. */
    ProgressVoice SILENT = new ProgressVoice() {
        @Override
        public void began(String runId, String text) {}

        @Override
        public void progress(Tally tally, ApiFigures api) {}

        @Override
        public void said(String line) {}

        @Override
        public void ended() {}
    };

    /** The run has its id; the text says what begins. Also when another stage of the run begins. */
    void began(String runId, String text);

    /** Where the rows are now. */
    void progress(Tally tally, ApiFigures api);

    /** Something about one row or the run. */
    void said(String line);

    /** Nothing more will be told. */
    void ended();

    /** A redrawn block on a terminal, plain lines elsewhere, nothing with {@code --quiet}. */
    static ProgressVoice on(Console console, Surroundings at) {
        if (console.quiet()) {
            return SILENT;
        }
        var pace = new EtaEstimator(at.clock());
        if (!at.errIsTerminal() || "dumb".equals(at.environment().get("TERM"))) {
            return new LineVoice(at.err(), at.clock(), pace);
        }
        var width = new Width(at);
        var look = new ProgressBlock(Terminal.unicode(at.environment()), console.errPaint());
        return new BlockVoice(at.err(), look, pace, width::columns);
    }
}
