package dev.smsrunner.cli.console;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Redrawn lines at the bottom of a terminal. One write overwrites each line in its place and clears its rest, so that the region
 * does not flicker.
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
    private long droppedLines;
    private List<String> latest = List.of();
    private List<String> drawn = List.of();
    private int width;
    private boolean queued;

    public LiveRegion(PrintStream out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
    }

    /** Maximum width of a line. */
    public int columns() {
        return columns.getAsInt();
    }

    /**
     * Draws the lines, and permanent lines above them. With a slow reader, only the latest lines are drawn and the oldest permanent
     * lines are dropped.
     */
    public synchronized void draw(List<String> above, List<String> lines) {
        int currentWidth = columns();
        if (above.isEmpty() && lines.equals(latest) && currentWidth == width) {
            return;
        }
        above.forEach(this::hold);
        latest = List.copyOf(lines);
        width = currentWidth;
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
            droppedLines++;
        }
    }

    /** Keeps the drawn lines; later output follows below them. */
    synchronized void leave() {
        if (queued) {
            latest.forEach(this::hold);
        }
        drawn = queued ? drawn : List.of();
        latest = List.of();
    }

    private synchronized String text() {
        var text = new StringBuilder(start(width));
        if (droppedLines > 0) {
            text.append(PrinterLane.droppedNotice(droppedLines))
                    .append(REST_OF_LINE)
                    .append('\n');
        }
        waiting.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        latest.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        waiting.clear();
        waitingCharacters = 0;
        droppedLines = 0;
        drawn = latest;
        queued = false;
        return text.append(REST_OF_SCREEN).toString();
    }

    /** Moves the cursor to the first drawn line; after the window became narrower a line takes several rows. */
    private String start(int columns) {
        int rows = drawn.stream().mapToInt(line -> rows(line, columns)).sum();
        return rows == 0 ? "" : "\r\u001b[" + rows + "A";
    }

    private static int rows(String line, int width) {
        int length = line.replaceAll("\u001b\\[[0-9]*m", "").length();
        return Math.max(1, (length + width - 1) / Math.max(1, width));
    }
}
