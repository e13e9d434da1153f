package dev.smsrunner.cli.console;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;

/**
 * Lets a run outlive its terminal. The end of an ssh session sends SIGHUP to the processes that were started in it; a run goes
 * on without a terminal and says so in its log.
 */
public final class HangupHandler {

    private static final Logger log = LoggerFactory.getLogger(HangupHandler.class);

    private final CommandContext at;
    private boolean gone;
    private boolean logOpen;
    private boolean logged;

    HangupHandler(CommandContext at) {
        this.at = at;
    }

    /** From now on neither a reader that does not read nor the end of the terminal stops this process. */
    public static HangupHandler outlive(CommandContext at) {
        var hangup = new HangupHandler(at);
        if (at.out() instanceof PrinterStream out) {
            out.detach();
            hangup.handle();
        }
        return hangup;
    }

    /** For good: what follows the run must not be ended either. Where SIGHUP is ignored (nohup) the JVM leaves it so. */
    @SuppressWarnings("removal")
    private void handle() {
        try {
            Signal.handle(new Signal("HUP"), signal -> hungUp());
        } catch (IllegalArgumentException ex) {
            // a system without SIGHUP, or a JVM that leaves signals alone (-Xrs)
        }
    }

    /** The terminal is gone; files and pipes are not. */
    synchronized void hungUp() {
        gone = true;
        if (at.outIsTerminal() && at.out() instanceof PrinterStream out) {
            out.silence();
        }
        if (at.errIsTerminal() && at.err() instanceof PrinterStream err) {
            err.silence();
        }
        tell();
    }

    /** The run has its log. */
    public synchronized void logIsOpen() {
        logOpen = true;
        tell();
    }

    private void tell() {
        if (gone && logOpen && !logged) {
            logged = true;
            log.warn("The terminal is gone (SIGHUP). The run continues; 'status' shows it and 'stop' stops it.");
        }
    }
}
