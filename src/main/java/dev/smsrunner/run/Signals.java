package dev.smsrunner.run;

import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Signal handler: the first TERM or INT requests a graceful stop, the second one ends the process. A shutdown hook would always
 * return the exit code of the signal.
 */
final class Signals implements AutoCloseable {

    private final List<Signal> signals = List.of(new Signal("TERM"), new Signal("INT"));
    private final List<SignalHandler> before;
    private volatile boolean requested;

    @SuppressWarnings("removal")
    Signals(Runnable stop) {
        before = signals.stream()
                .map(signal -> Signal.handle(signal, received -> handle(received, stop)))
                .toList();
    }

    private void handle(Signal signal, Runnable stop) {
        if (requested) {
            Runtime.getRuntime().halt(128 + signal.getNumber());
        }
        requested = true;
        stop.run();
    }

    @Override
    public void close() {
        for (int at = 0; at < signals.size(); at++) {
            Signal.handle(signals.get(at), before.get(at));
        }
    }
}
