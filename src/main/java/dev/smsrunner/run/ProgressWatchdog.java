package dev.smsrunner.run;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a process whose work stands still while its lease is renewed: whoever gives the same command next would be refused for
 * ever by a process that does nothing any more. All waits of the work that may be long give signs of life, so it stands still
 * only when something hangs.
 */
final class ProgressWatchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressWatchdog.class);

    /** No single step without a sign takes a tenth of it: the longest is a read of the service, 30 s. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(3);

    /** What the shell sees: an internal error. */
    private static final int EXIT_CODE = 70;

    private final Thread work;
    private final Runnable end;
    private final Thread watch = daemon(this::watch, "standstill-watch");
    private final AtomicLong signs = new AtomicLong();
    private volatile Duration limit = limit();

    /** Watches the work of the thread that calls this. */
    ProgressWatchdog() {
        this(() -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    /** @param end ends the process at once; nothing of it can be relied on any more */
    ProgressWatchdog(Runnable end) {
        this.work = Thread.currentThread();
        this.end = end;
        watch.start();
    }

    private static Duration limit() {
        return LIMIT;
    }

    /** Something goes on. */
    void sign() {
        signs.incrementAndGet();
    }

    /** Something goes on, when it is the thread of the work that calls this. */
    void signOfWork() {
        if (Thread.currentThread().equals(work)) {
            sign();
        }
    }

    /** From now on there may be no sign for so long. */
    void allow(Duration time) {
        limit = time;
        sign();
    }

    /** Looks are counted, not time: a process that was suspended did not stand still. */
    private void watch() {
        try {
            long seen = signs.get();
            for (long still = 0; still * LOOK_EVERY.toMillis() < limit.toMillis(); still++) {
                Thread.sleep(LOOK_EVERY.toMillis());
                if (signs.get() != seen) {
                    seen = signs.get();
                    still = -1;
                }
            }
            lastWords();
            end.run();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not even the console and the log can be relied on, so they are not waited for. */
    private void lastWords() throws InterruptedException {
        var words = daemon(this::say, "standstill-words");
        words.start();
        words.join(LAST_WORDS.toMillis());
    }

    private void say() {
        var text =
                "Internal error: the work has stood still for %d s, so this process ends itself. The work in the cloud goes on; run the same command again."
                        .formatted(limit.toSeconds());
        System.err.println(text);
        var at = new IllegalStateException("It stood here");
        at.setStackTrace(work.getStackTrace());
        log.error(text, at);
        System.err.checkError(); // waits until it is written
    }

    private static Thread daemon(Runnable does, String name) {
        var thread = new Thread(does, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
