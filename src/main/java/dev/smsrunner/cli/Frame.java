package dev.smsrunner.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * Lines at the foot of a terminal that are drawn over again. Each line is overwritten in its place and what is left of the
 * old one removed after it, in one write: nothing is empty in between, so that nothing flickers.
 */
final class Frame {

    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final IntSupplier columns;
    private List<String> drawn = List.of();
    private int width;

    Frame(PrintStream out, IntSupplier columns) {
        this.out = out;
        this.columns = columns;
    }

    /** How wide a line may be. */
    int columns() {
        return columns.getAsInt();
    }

    /** Draws the lines, and others above them that stay for good. */
    void draw(List<String> above, List<String> lines) {
        int now = columns();
        if (above.isEmpty() && lines.equals(drawn) && now == width) {
            return;
        }
        var text = new StringBuilder(start(now));
        above.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        lines.forEach(line -> text.append(line).append(REST_OF_LINE).append('\n'));
        out.print(text.append(REST_OF_SCREEN));
        out.flush();
        drawn = List.copyOf(lines);
        width = now;
    }

    /** What is drawn stays; the next lines come below it. */
    void leave() {
        drawn = List.of();
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
