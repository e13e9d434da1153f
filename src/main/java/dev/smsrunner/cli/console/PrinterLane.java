package dev.smsrunner.cli.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The lines that wait to be written to one file descriptor. When more wait than the lane holds, it drops the oldest ones and
 * says how many. Not thread safe: the {@link Printer} guards everything but {@link #write}.
 */
final class PrinterLane {

    /** No line waits. */
    static final long NONE = Long.MAX_VALUE;

    /** A pipe takes so many bytes at once or none, so each one written is a sign of its reader. */
    private static final int AT_ONCE = 4_096;

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

    /** A line, or a drawing that is made when its turn has come. */
    private record Entry(long number, byte[] line, Supplier<byte[]> text, boolean drawing) {

        static Entry of(long number, byte[] line) {
            return new Entry(number, line, () -> line, false);
        }

        long size() {
            return (long) line.length + ENTRY_OVERHEAD;
        }
    }

    /**
     * @param target what is written to
     * @param limit bytes that may wait
     */
    PrinterLane(OutputStream target, int limit) {
        this.target = target;
        this.limit = limit;
    }

    /** What the operator reads in place of lines that were dropped. */
    static String notShown(long lines) {
        return lines == 1
                ? "… 1 line of progress was not shown: the terminal did not read it."
                : "… %d lines of progress were not shown: the terminal did not read them.".formatted(lines);
    }

    /** Takes bytes, which wait until their line is complete or {@link #cut}. */
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

    /** What there is of a line is written without its end. */
    void cut(Printer.Numbers numbers) {
        if (piece.size() > 0 && !silent) {
            add(Entry.of(numbers.next(), piece.toByteArray()));
        }
        piece.reset();
    }

    /** Takes a drawing, which is never dropped: whoever draws waits for one before giving the next. */
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

    /** Number of the oldest entry that is not written yet. */
    long oldest() {
        if (silent) {
            return NONE;
        }
        return writing != NONE
                ? writing
                : waiting.isEmpty() ? NONE : waiting.element().number();
    }

    /** Whether a line can be taken. */
    boolean hasNext() {
        return !waiting.isEmpty();
    }

    /** The text of the next entry, to be made outside of the lock; {@link #written} must follow. */
    Supplier<byte[]> next(long now) {
        progressAt = now;
        writing = waiting.element().number();
        if (dropped > 0) {
            var notice = (notShown(dropped) + System.lineSeparator()).getBytes(StandardCharsets.UTF_8);
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

    /** Writes the text, as long as its reader takes; called by one thread only. */
    void write(byte[] text, Printer.Time time) {
        try {
            for (int at = 0; at < text.length; at += AT_ONCE) {
                target.write(text, at, Math.min(AT_ONCE, text.length - at));
                progressAt = time.now();
            }
        } catch (IOException ex) {
            lost = true; // the pipe is closed, the terminal gone or the disk full: no reason to end a run
        }
    }

    /** Whether a text is being written without any progress for longer than this. */
    boolean isStuck(long now, long nanos) {
        return writing != NONE && now - progressAt > nanos;
    }

    /** When its reader last took something. */
    long progressAt() {
        return progressAt;
    }

    /** From now on everything is dropped without a word. */
    void silence() {
        lost |= oldest() != NONE;
        silent = true;
        waiting.clear();
        piece.reset();
        held = 0;
        dropped = 0;
    }

    /** Whether anything was dropped or could not be written. */
    boolean lost() {
        return lost;
    }

    OutputStream target() {
        return target;
    }
}
