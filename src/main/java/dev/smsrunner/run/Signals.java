package dev.smsrunner.run;

import java.util.List;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the first TERM or INT into a graceful stop and the second into the end of the process. A shutdown hook would not do:
 * with one, the exit code is always that of the signal.
 */
final class Signals implements AutoCloseable {

    private final List<Signal> signals = List.of(new Signal("TERM"), new Signal("INT"));
    private final List<SignalHandler> before;
    private volatile boolean asked;

    @SuppressWarnings("removal")
    Signals(Runnable stop) {
        before = signals.stream()
                .map(signal -> Signal.handle(signal, got -> handle(got, stop)))
                .toList();
    }

    private void handle(Signal got, Runnable stop) {
        if (asked) {
            Runtime.getRuntime().halt(128 + got.getNumber());
        }
        asked = true;
        stop.run();
    }

    @Override
    public void close() {
        for (int at = 0; at < signals.size(); at++) {
            Signal.handle(signals.get(at), before.get(at));
        }
    }
}
