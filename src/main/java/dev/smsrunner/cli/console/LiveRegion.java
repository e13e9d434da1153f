package dev.smsrunner.cli.console;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lines at the foot of a terminal that are drawn over again. Each line is overwritten in its place and what is left of the
 * old one removed after it, in one write: nothing is empty in between, so that nothing flickers.
 */
public final class LiveRegion {

    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private static final int MAX_WAITING = 1_000;
    private static final int MAX_WAITING_CHARACTERS = 256 * 1_024;

    private final PrintStream out;
    private final IntSupplier columns;
    private final Deque<String> waiting = new ArrayDeque<>();
    private int waitingCharacters;
    private long notShown;
    private List<String> latest = List.of();
    private List<String> drawn = List.of();
    private int width;
    private boolean queued;

    public LiveRegion(PrintStream out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
    }

    /** How wide a line may be. */
    public int columns() {
        return columns.getAsInt();
    }

    /**
     * Draws the lines, and others above them that stay for good. Where the reader is slow, only the latest lines are drawn and
     * the oldest of the others are left out.
     */
    public synchronized void draw(List<String> above, List<String> lines) {
        int now = columns();
        if (above.isEmpty() && lines.equals(latest) && now == width) {
            return;
        }
        above.forEach(this::hold);
        latest = List.copyOf(lines);
        width = now;
        if (!queued) {
            queued = true;
            PrinterStream.draw(out, this::text);
        }
    }

    private void hold(String line) {
        waiting.add(line);
        waitingCharacters += line.length();
        while (waiting.size() > MAX_WAITING || waitingCharacters > MAX_WAITING_CHARACTERS) {
            waitingCharacters -= waiting.remove().length();
            notShown++;
        }
    }

    /** What is drawn stays; the next lines come below it. */
    synchronized void leave() {
        if (queued) {
            latest.forEach(this::hold);
        }
        drawn = queued ? drawn : List.of();
        latest = List.of();
    }

    private synchronized String text() {
        var text = new StringBuilder(start(width));
        if (notShown > 0) {
            text.append(PrinterLane.notShown(notShown)).append(REST_OF_LINE).append('\n');
        }
        waiting.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        latest.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        waiting.clear();
        waitingCharacters = 0;
        notShown = 0;
        drawn = latest;
        queued = false;
        return text.append(REST_OF_SCREEN).toString();
    }

    /** To the first of the drawn lines: in a window that became narrower they take more than one row each. */
    private String start(int now) {
        int rows = drawn.stream().mapToInt(line -> rows(line, now)).sum();
        return rows == 0 ? "" : "\r\u001b[" + rows + "A";
    }

    private static int rows(String line, int width) {
        int length = line.replaceAll("\u001b\\[[0-9]*m", "").length();
        return Math.max(1, (length + width - 1) / Math.max(1, width));
    }
}
