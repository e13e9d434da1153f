package dev.smsrunner.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Printer of stdout and stderr. A command that executes a run detaches it: then one writer thread per stream writes, and callers
 * never wait for a reader. The order of both streams is kept while both are read. Before that, callers write directly and wait
 * for the reader, as in every filter.
 */
final class Printer {

    /** Maximum wait at the end of the process for a reader that makes no progress. */
    private static final Duration READER_TIMEOUT = Duration.ofSeconds(10);

    /** Time without progress after which a stream no longer delays the other one. */
    private static final Duration STUCK_AFTER = Duration.ofMillis(250);

    /** Buffer of the result of a run, in bytes; large enough that nothing is dropped while the reader reads. */
    private static final int MAX_RESULT = 32 * 1_024 * 1_024;

    private static final int MAX_PROGRESS = 1_024 * 1_024;

    private final PrinterLane out;
    private final PrinterLane err;
    private final Duration readerTimeout;
    private volatile boolean detached;
    private long numbers;

    /** Sequence numbers, which order the entries of both lanes. */
    interface Numbers {
        long next();
    }

    /** Monotonic clock in nanoseconds. */
    interface Time {
        long now();
    }

    /**
     * @param readerTimeout maximum wait at the end of the process for a reader that makes no progress
     */
    Printer(OutputStream out, OutputStream err, Duration readerTimeout) {
        this.out = new PrinterLane(out, MAX_RESULT);
        this.err = new PrinterLane(err, MAX_PROGRESS);
        this.readerTimeout = readerTimeout;
    }

    /** Printer of the file descriptors of this process. */
    static Printer ofProcess() {
        return new Printer(
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), READER_TIMEOUT);
    }

    PrinterStream out() {
        return new PrinterStream(this, out);
    }

    PrinterStream err() {
        return new PrinterStream(this, err);
    }

    /** Starts the writer threads, so that no caller waits for a reader any more. */
    synchronized void detach() {
        if (!detached) {
            detached = true;
            start("print-out", out, err);
            start("print-err", err, out);
        }
    }

    private void start(String name, PrinterLane mine, PrinterLane other) {
        var thread = new Thread(() -> print(mine, other), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void print(PrinterLane mine, PrinterLane other) {
        try {
            while (true) {
                print(mine, next(mine, other));
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(PrinterLane lane, Supplier<byte[]> text) {
        try {
            lane.write(text.get(), System::nanoTime);
        } catch (RuntimeException | Error ex) {
            // for example without free memory; a later line may succeed
        } finally {
            written(lane);
        }
    }

    private synchronized Supplier<byte[]> next(PrinterLane mine, PrinterLane other) throws InterruptedException {
        while (!mine.hasNext()
                || (other.oldest() < mine.oldest() && !other.isStuck(System.nanoTime(), STUCK_AFTER.toNanos()))) {
            wait(mine.hasNext() ? STUCK_AFTER.toMillis() : 0);
        }
        return mine.next(System.nanoTime());
    }

    private synchronized void written(PrinterLane lane) {
        lane.written();
        notifyAll();
    }

    /** Output stream of the callers. */
    OutputStream entry(PrinterLane lane) {
        return new OutputStream() {
            @Override
            public void write(int letter) throws IOException {
                write(new byte[] {(byte) letter}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (detached) {
                    append(lane, bytes, from, length);
                } else {
                    lane.target().write(bytes, from, length);
                }
            }

            @Override
            public void flush() {
                if (detached) {
                    cut(lane);
                }
            }
        };
    }

    private synchronized void append(PrinterLane lane, byte[] bytes, int from, int length) {
        lane.append(bytes, from, length, this::number);
        notifyAll();
    }

    private synchronized void cut(PrinterLane lane) {
        lane.cut(this::number);
        notifyAll();
    }

    private long number() {
        return numbers++;
    }

    /** Queues a drawing, rendered after the reader has read the earlier output; false if the caller must render it now. */
    boolean draw(PrinterLane lane, Supplier<String> drawing) {
        if (detached) {
            synchronized (this) {
                lane.draw(drawing, this::number);
                notifyAll();
            }
        }
        return detached;
    }

    /** Discards all pending and later output of the stream. */
    synchronized void silence(PrinterLane lane) {
        lane.silence();
        notifyAll();
    }

    /**
     * Waits until all output is written, or until the reader has made no progress for ten seconds.
     *
     * @return whether all output was written
     */
    synchronized boolean await(PrinterLane lane) {
        long from = System.nanoTime();
        boolean interrupted = false;
        while (detached && lane.oldest() != PrinterLane.NONE) {
            long left = left(lane, from);
            if (left <= 0) {
                giveUp(from);
                break;
            }
            try {
                wait(Math.max(1, Duration.ofNanos(left).toMillis()));
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !lane.hasLosses();
    }

    private long left(PrinterLane lane, long since) {
        return readerTimeout.toNanos() - (System.nanoTime() - Math.max(since, lane.progressAt()));
    }

    /**
     * Silences both streams if their readers are stuck, since both streams may have the same reader. The other stream may have
     * begun its text a moment later, and would wait for the whole time again.
     */
    private void giveUp(long since) {
        long nearlyOver = readerTimeout.toNanos() / 10;
        for (var lane : List.of(out, err)) {
            if (lane.oldest() != PrinterLane.NONE && left(lane, since) <= nearlyOver) {
                lane.silence();
            }
        }
        notifyAll();
    }
}
