package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Rows whose windows are over before their launch; pure. */
public final class MissedWindows {

    /** Advice for a row in sync. */
    public static final String ADVICE = "Agree on a new window and rerun; the task stays in sync meanwhile.";

    /** Advice for a row that is not in sync. */
    public static final String ADVICE_WITHOUT_SYNC =
            "Agree on a new window and rerun; the migration task is left as it is.";

    private MissedWindows() {}

    /**
     * Open rows that end now since all their windows are over, each with its reason: rows in sync, copies, and rows without a
     * start. A target that is being launched, and a row with a call of unknown result, stay open. Empty where the run waits for
     * its copies.
     */
    public static Map<Integer, String> rowsToEnd(CutoverSnapshot run, Instant now) {
        var ending = new TreeMap<Integer, String>();
        if (run.plan().atClose() == null) {
            return ending;
        }
        run.openRows().stream()
                .filter(row -> run.plan().windowsOf(row).isOverAt(now))
                .filter(row -> !row.hasUndecidedCall() && !isLaunching(row))
                .forEach(row -> ending.put(row.row(), reason(row, run.plan().windows())));
        return ending;
    }

    private static boolean isLaunching(LedgerRow row) {
        return row.stage() == Stage.LAUNCHING && !row.observed().showsFailure();
    }

    /** Reason of a row whose windows are over: what it lacked at the last call. */
    public static String reason(LedgerRow row, CutoverWindows windows) {
        var last = RowWindows.of(row, windows).last();
        return last.map(window -> pattern(row, window).formatted(window.label(), at(window)))
                .orElse("not launched: the job file has no window for it");
    }

    /** Whether the server was in sync before the last call of the last window of the row. */
    static boolean wasInSync(LedgerRow row, CutoverWindows windows) {
        var replicated = row.milestones().replicatedAt();
        return replicated != null
                && RowWindows.of(row, windows)
                        .last()
                        .filter(window -> replicated.isBefore(window.lastCall()))
                        .isPresent();
    }

    private static String pattern(LedgerRow row, Window last) {
        var replicated = row.milestones().replicatedAt();
        if (replicated != null && replicated.isBefore(last.lastCall())) {
            return "not launched: in sync, but still waiting at the last launch of %s at %s";
        }
        return switch (row.stage()) {
            case PLANNED, TASK_READY -> "not launched: its copy was not started before the last launch of %s at %s";
            case STARTED, REPLICATING ->
                "not launched: still copying%s at the last launch of %%s at %%s".formatted(progress(row));
            case SYNCING, LAUNCHING, CLOSED -> "not launched: in sync only after the last launch of %s at %s";
        };
    }

    private static String progress(LedgerRow row) {
        var percent = row.observed().percent();
        return percent == null ? "" : " (%d %%%%)".formatted(percent);
    }

    private static String at(Window window) {
        return window.name().isEmpty() ? window.lastCall().toString() : CutoverPlan.format(window.lastCall(), window);
    }
}
