package dev.smsrunner.run;

/** A signal ended the standby before it took over a run; it changed nothing. */
public final class StandbyEndedException extends RuntimeException {

    StandbyEndedException() {
        super("The standby was ended by a signal. Nothing was changed. Run the same command again to stand by.");
    }
}
