package dev.smsrunner.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes to stdout and stderr. A command that works on a run detaches it: from then on threads of its own write, and whoever
 * prints never waits for the reader. One thread per stream, since a reader of one must not wait for that of the other. Their
 * order is kept while both are read. Until then each thread writes by itself and waits for the reader, as in every filter.
 */
final class Printer {

    /** So long without any progress of a reader, and the process ends without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A stream without progress for longer holds up the other one no more. */
    private static final Duration STUCK = Duration.ofMillis(250);

    /** The result of a run. It is not dropped while the reader takes it. */
    private static final int MAX_RESULT = 32 * 1_024 * 1_024;

    private static final int MAX_PROGRESS = 1_024 * 1_024;

    private final PrinterLane out;
    private final PrinterLane err;
    private final Duration patience;
    private volatile boolean detached;
    private long numbers;

    /** Gives the entries of both lanes their order. */
    interface Numbers {
        long next();
    }

    /** A monotonic clock, in nanoseconds. */
    interface Time {
        long now();
    }

    /**
     * @param patience how long the end of the process waits for a reader that does not read
     */
    Printer(OutputStream out, OutputStream err, Duration patience) {
        this.out = new PrinterLane(out, MAX_RESULT);
        this.err = new PrinterLane(err, MAX_PROGRESS);
        this.patience = patience;
    }

    /** Writes to the descriptors of this process. */
    static Printer ofProcess() {
        return new Printer(
                new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err), PATIENCE);
    }

    PrinterStream out() {
        return new PrinterStream(this, out);
    }

    PrinterStream err() {
        return new PrinterStream(this, err);
    }

    /** From now on no thread that prints waits for the reader. */
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
            // for example where memory is short: the next line may come out again
        } finally {
            written(lane);
        }
    }

    private synchronized Supplier<byte[]> next(PrinterLane mine, PrinterLane other) throws InterruptedException {
        while (!mine.hasNext()
                || (other.oldest() < mine.oldest() && !other.isStuck(System.nanoTime(), STUCK.toNanos()))) {
            wait(mine.hasNext() ? STUCK.toMillis() : 0);
        }
        return mine.next(System.nanoTime());
    }

    private synchronized void written(PrinterLane lane) {
        lane.written();
        notifyAll();
    }

    /** The end of a stream for those who print. */
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

    /** Takes a drawing whose text is made when the reader has taken what came before; false when it must be made now. */
    boolean draw(PrinterLane lane, Supplier<String> drawing) {
        if (detached) {
            synchronized (this) {
                lane.draw(drawing, this::number);
                notifyAll();
            }
        }
        return detached;
    }

    /** From now on nothing is written to the stream, and nothing of it is missed. */
    synchronized void silence(PrinterLane lane) {
        lane.silence();
        notifyAll();
    }

    /**
     * Waits until everything is written. A reader that takes nothing for ten seconds is not waited for any more.
     *
     * @return whether all of it was written
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
        return !lane.lost();
    }

    private long left(PrinterLane lane, long since) {
        return patience.toNanos() - (System.nanoTime() - Math.max(since, lane.progressAt()));
    }

    /** Both streams may have the same reader, which is waited for once. */
    private void giveUp(long since) {
        for (var lane : List.of(out, err)) {
            if (lane.oldest() != PrinterLane.NONE && left(lane, since) <= 0) {
                lane.silence();
            }
        }
        notifyAll();
    }
}
