package dev.smsrunner.dashboard;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What may be asked for now. The driver decides again when it carries it out. */
final class AllowedControls {

    private static final List<ControlAction> OF_ROWS =
            List.of(ControlAction.RETRY, ControlAction.LAUNCH, ControlAction.SKIP_RUNNING);

    private AllowedControls() {}

    /** What may be asked for one row, in lower case. */
    static List<String> onRow(RunSnapshot picture, LedgerRow row) {
        if (!picture.held()) {
            return List.of();
        }
        return OF_ROWS.stream()
                .filter(action -> action.refusal(row).isEmpty())
                .filter(action -> action != ControlAction.LAUNCH || !row.open() && mayLaunch(picture))
                .map(action -> action == ControlAction.SKIP_RUNNING ? ControlAction.SKIP : action)
                .map(action -> action.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** What may be asked for the whole run. */
    static Map<String, Boolean> onRun(RunSnapshot picture) {
        boolean held = picture.held() && picture.run().stopRequestedAt() == null;
        boolean paused = picture.head().pausedAt() != null;
        var can = new LinkedHashMap<String, Boolean>();
        can.put("stop", held);
        can.put("pause", held && !paused);
        can.put("resume", held && paused);
        can.put("retry_all", held && failed(picture).findAny().isPresent());
        return can;
    }

    private static Stream<LedgerRow> failed(RunSnapshot picture) {
        return picture.rows().values().stream().filter(row -> row.outcome() == Outcome.FAILED);
    }

    private static boolean mayLaunch(RunSnapshot picture) {
        return CutoverSettings.Window.recorded(picture.run().settings())
                .map(window -> window.isOpenAt(picture.at()))
                .orElse(true);
    }
}
