package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.RowWindows;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The controls that the page offers. The run decides again when it carries one out. */
final class AllowedControls {

    private static final List<ControlAction> ROW_ACTIONS =
            List.of(ControlAction.RETRY, ControlAction.LAUNCH, ControlAction.SKIP_RUNNING);

    private AllowedControls() {}

    /** The actions allowed on one row, in lower case. */
    static List<String> onRow(RunSnapshot snapshot, LedgerRow row) {
        if (!snapshot.isActive()) {
            return List.of();
        }
        return ROW_ACTIONS.stream()
                .filter(action -> action.refusal(row).isEmpty())
                .filter(action -> action != ControlAction.LAUNCH || !row.isOpen() && mayLaunch(snapshot, row))
                .map(action -> action == ControlAction.SKIP_RUNNING ? ControlAction.SKIP : action)
                .map(action -> action.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The actions on the whole run, each with whether it is allowed. */
    static Map<String, Boolean> onRun(RunSnapshot snapshot) {
        boolean active = snapshot.isActive() && snapshot.run().stopRequestedAt() == null;
        boolean paused = snapshot.head().pausedAt() != null;
        var allowed = new LinkedHashMap<String, Boolean>();
        allowed.put("stop", active);
        allowed.put("pause", active && !paused);
        allowed.put("resume", active && paused);
        allowed.put("retry_all", active && failedRows(snapshot).findAny().isPresent());
        return allowed;
    }

    private static Stream<LedgerRow> failedRows(RunSnapshot snapshot) {
        return snapshot.rows().values().stream().filter(row -> row.outcome() == Outcome.FAILED);
    }

    private static boolean mayLaunch(RunSnapshot snapshot, LedgerRow row) {
        return RowWindows.of(row, CutoverWindows.fromSettings(snapshot.run().settings()))
                .mayLaunchAt(snapshot.at());
    }
}
