package dev.smsrunner.cli.console;

import dev.smsrunner.support.ProcessSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler of SIGHUP, which the end of an ssh session sends to its processes. A run continues without its terminal and logs that.
 */
public final class HangupHandler {

    private static final Logger log = LoggerFactory.getLogger(HangupHandler.class);

    private final CommandContext context;
    private boolean gone;
    private boolean logOpen;
    private boolean logged;

    HangupHandler(CommandContext context) {
        this.context = context;
    }

    /** Installs the handler: neither a blocked reader nor the end of the terminal stops this process any more. */
    public static HangupHandler install(CommandContext context) {
        var hangup = new HangupHandler(context);
        context.detach();
        if (context.out() instanceof PrinterStream) {
            hangup.handle();
        }
        return hangup;
    }

    /** Never removed, since the steps after the run must not be ended either. The JVM keeps an ignored SIGHUP (nohup). */
    private void handle() {
        try {
            ProcessSignal.handle("HUP", number -> hungUp());
        } catch (IllegalArgumentException ex) {
            // a system without SIGHUP, or a JVM that leaves signals alone (-Xrs)
        }
    }

    /** The terminal is gone; files and pipes are not. */
    synchronized void hungUp() {
        gone = true;
        if (context.outIsTerminal() && context.out() instanceof PrinterStream out) {
            out.silence();
        }
        if (context.errIsTerminal() && context.err() instanceof PrinterStream err) {
            err.silence();
        }
        logOnce();
    }

    /** The log of the run is open. */
    public synchronized void logOpened() {
        logOpen = true;
        logOnce();
    }

    private void logOnce() {
        if (gone && logOpen && !logged) {
            logged = true;
            log.warn("The terminal is gone (SIGHUP). The run continues; 'status' shows it and 'stop' stops it.");
        }
    }
}
