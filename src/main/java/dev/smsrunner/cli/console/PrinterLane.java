package dev.smsrunner.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * Queue of lines for one file descriptor. A full queue drops its oldest lines and prints their number. Not thread-safe: the
 * {@link Printer} synchronizes everything except {@link #write}.
 */
final class PrinterLane {

    /** Number of an empty queue. */
    static final long NONE = Long.MAX_VALUE;

    /** Bytes per write. A pipe accepts all of them or none, so each write shows progress of the reader. */
    private static final int CHUNK = 4_096;

    private static final int LONGEST_PIECE = 64 * 1_024;
    private static final int ENTRY_OVERHEAD = 64;

    private final OutputStream target;
    private final int limit;
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long held;
    private long dropped;
    private long writing = NONE;
    private boolean silent;
    private boolean lost;
    private volatile long progressAt;

    /** A line, or a drawing that is rendered when it is written. */
    private record Entry(long number, byte[] line, Supplier<byte[]> text, boolean drawing) {

        static Entry of(long number, byte[] line) {
            return new Entry(number, line, () -> line, false);
        }

        long size() {
            return (long) line.length + ENTRY_OVERHEAD;
        }
    }

    /**
     * @param target destination of the output
     * @param limit maximum size of the queue in bytes
     */
    PrinterLane(OutputStream target, int limit) {
        this.target = target;
        this.limit = limit;
    }

    /** Replacement text of dropped lines. */
    static String droppedNotice(long lines) {
        return lines == 1
                ? "… 1 line of progress was not shown: the terminal did not read it."
                : "… %d lines of progress were not shown: the terminal did not read them.".formatted(lines);
    }

    /** Appends bytes, which are queued when their line is complete or {@link #cut}. */
    void append(byte[] bytes, int from, int length, Printer.Numbers numbers) {
        int begin = from;
        for (int at = from; at < from + length; at++) {
            if (bytes[at] == '\n' || at + 1 - begin >= LONGEST_PIECE) {
                piece.write(bytes, begin, at + 1 - begin);
                cut(numbers);
                begin = at + 1;
            }
        }
        piece.write(bytes, begin, from + length - begin);
        if (piece.size() >= LONGEST_PIECE) {
            cut(numbers);
        }
    }

    /** Queues an incomplete line. */
    void cut(Printer.Numbers numbers) {
        if (piece.size() > 0 && !silent) {
            add(Entry.of(numbers.next(), piece.toByteArray()));
        }
        piece.reset();
    }

    /** Queues a drawing. Drawings are never dropped, since a caller queues the next one only after the previous one. */
    void draw(Supplier<String> drawing, Printer.Numbers numbers) {
        cut(numbers);
        if (!silent) {
            add(new Entry(numbers.next(), new byte[0], () -> drawing.get().getBytes(StandardCharsets.UTF_8), true));
        }
    }

    private void add(Entry entry) {
        waiting.add(entry);
        held += entry.size();
        for (var each = waiting.iterator(); held > limit && each.hasNext(); ) {
            var oldest = each.next();
            if (!oldest.drawing() && !oldest.equals(entry)) {
                each.remove();
                held -= oldest.size();
                dropped += endsLine(oldest.line()) ? 1 : 0;
                lost = true;
            }
        }
    }

    private static boolean endsLine(byte[] line) {
        return line.length > 0 && line[line.length - 1] == '\n';
    }

    /** Number of the oldest unwritten entry. */
    long oldest() {
        if (silent) {
            return NONE;
        }
        return writing != NONE
                ? writing
                : waiting.isEmpty() ? NONE : waiting.element().number();
    }

    /** Whether the queue has an entry. */
    boolean hasNext() {
        return !waiting.isEmpty();
    }

    /** Removes the next entry and returns its text, to be rendered outside of the lock; {@link #written} must follow. */
    Supplier<byte[]> next(long now) {
        progressAt = now;
        writing = waiting.element().number();
        if (dropped > 0) {
            var notice = (droppedNotice(dropped) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
            dropped = 0;
            return () -> notice;
        }
        var entry = waiting.remove();
        held -= entry.size();
        return entry.text();
    }

    void written() {
        writing = NONE;
    }

    /** Writes the text and blocks until the reader accepts it; called by one thread only. */
    void write(byte[] text, Printer.Time time) {
        try {
            for (int at = 0; at < text.length; at += CHUNK) {
                target.write(text, at, Math.min(CHUNK, text.length - at));
                progressAt = time.now();
            }
        } catch (IOException ex) {
            lost = true; // closed pipe, closed terminal or full disk: the run continues
        }
    }

    /** Whether the current write has made no progress for longer than the given time. */
    boolean isStuck(long now, long nanos) {
        return writing != NONE && now - progressAt > nanos;
    }

    /** Time of the last progress of the reader. */
    long progressAt() {
        return progressAt;
    }

    /** Discards all pending and later output without a notice. */
    void silence() {
        lost |= oldest() != NONE;
        silent = true;
        waiting.clear();
        piece.reset();
        held = 0;
        dropped = 0;
    }

    /** Whether any output was dropped or could not be written. */
    boolean hasLosses() {
        return lost;
    }

    OutputStream target() {
        return target;
    }
}
