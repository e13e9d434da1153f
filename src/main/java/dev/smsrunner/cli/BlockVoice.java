package dev.smsrunner.cli;

import dev.smsrunner.ledger.Tally;
import dev.smsrunner.run.ApiFigures;
import java.io.PrintStream;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** On a terminal: lines scroll by, and below them a block that is drawn again at every change. */
final class BlockVoice implements ProgressVoice {

    private final PrintStream out;
    private final ProgressBlock look;
    private final Pace pace;
    private final IntSupplier columns;
    private String title = "";
    private @Nullable Tally tally;
    private ApiFigures api = ApiFigures.NONE;
    private List<String> drawn = List.of();

    BlockVoice(PrintStream out, ProgressBlock look, Pace pace, IntSupplier columns) {
        this.out = out;
        this.look = look;
        this.pace = pace;
        this.columns = columns;
    }

    @Override
    public synchronized void began(String runId, String text) {
        title = Console.safe(runId);
        said(runId + ": " + text);
    }

    @Override
    public synchronized void progress(Tally now, ApiFigures used) {
        tally = now;
        api = used;
        draw("");
    }

    @Override
    public synchronized void said(String line) {
        draw(Console.safe(line) + "\n");
    }

    @Override
    public synchronized void ended() {
        draw("");
        drawn = List.of();
        tally = null;
    }

    /** One write, so that nothing else can come between the removal of the old block and the new one. */
    private void draw(String above) {
        int width = columns.getAsInt();
        var text = new StringBuilder(cleared(width)).append(above);
        drawn = tally == null ? List.of() : look.lines(title, tally, api, pace.left(tally), width);
        drawn.forEach(line -> text.append(line).append('\n'));
        out.print(text);
        out.flush();
    }

    /** Takes the block away: in a window that became narrower its lines take more than one row each. */
    private String cleared(int width) {
        int rows = drawn.stream().mapToInt(line -> rows(line, width)).sum();
        return rows == 0 ? "" : "\r\u001b[" + rows + "A\u001b[J";
    }

    private static int rows(String line, int width) {
        int length = line.replaceAll("\u001b\\[[0-9]*m", "").length();
        return Math.max(1, (length + width - 1) / Math.max(1, width));
    }
}
