package dev.smsrunner.cli;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a forced launch of a row overrides, as the ledger shows it. */
final class ForcedLaunch {

    private ForcedLaunch() {}

    /** The order of launches and a consistency difference; then what holds the launch all the same, where anything does. */
    static String of(LedgerRow row, Run run, Ledger ledger, Instant now) {
        return of(row, run.settings(), ledger.findAll(run.runId()), ledger.activeControls(run.runId()), now);
    }

    /** The same for the rows of a run that has those settings. */
    static String of(
            LedgerRow row, Map<String, String> settings, List<LedgerRow> rows, ActiveControls steering, Instant now) {
        var snapshot = new CutoverSnapshot(rows, CutoverPlan.fromSettings(settings), steering);
        var limit = LaunchDecider.limit(row, snapshot, now)
                .map(obstacle -> " It still waits: %s.".formatted(obstacle.line()))
                .orElse("");
        return text(row, against(row, settings, snapshot)) + limit;
    }

    private static List<String> against(LedgerRow row, Map<String, String> settings, CutoverSnapshot snapshot) {
        var against = new ArrayList<String>();
        LaunchDecider.order(row, snapshot).map(Obstacle::line).ifPresent(against::add);
        boolean holds = "hold".equalsIgnoreCase(settings.get("cutover.on-difference"));
        if (holds && row.consistency() != null && row.consistency().differs()) {
            against.add(row.consistency().sentence());
        }
        return against;
    }

    private static String text(LedgerRow row, List<String> against) {
        return against.isEmpty()
                ? "The launch of %s overrides nothing at present.".formatted(row.label())
                : "The launch of %s overrides: %s.".formatted(row.label(), String.join("; ", against));
    }
}
