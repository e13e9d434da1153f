package dev.smsrunner.run;

import dev.smsrunner.support.ProcessSignal;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signal handler: the first TERM or INT requests a graceful stop, the second one ends the process. A shutdown hook would always
 * return the exit code of the signal.
 */
final class Signals implements AutoCloseable {

    private final List<Runnable> restorations;
    private volatile boolean requested;

    Signals(Runnable stop) {
        restorations = Stream.of("TERM", "INT")
                .map(name -> ProcessSignal.handle(name, number -> handle(number, stop)))
                .toList();
    }

    private void handle(int number, Runnable stop) {
        if (requested) {
            Runtime.getRuntime().halt(128 + number);
        }
        requested = true;
        stop.run();
    }

    @Override
    public void close() {
        restorations.forEach(Runnable::run);
    }
}
