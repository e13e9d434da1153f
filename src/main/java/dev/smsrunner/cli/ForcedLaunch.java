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

/** Text about the conditions that a forced launch of a row overrides, according to the ledger. */
final class ForcedLaunch {

    private ForcedLaunch() {}

    /** Overridden order and consistency difference, then the condition that still blocks the launch, if any. */
    static String of(LedgerRow row, Run run, Ledger ledger, Instant now) {
        return of(row, run.settings(), ledger.findAll(run.runId()), ledger.activeControls(run.runId()), now);
    }

    /** Text for rows and settings of a run. */
    static String of(
            LedgerRow row, Map<String, String> settings, List<LedgerRow> rows, ActiveControls controls, Instant now) {
        var snapshot = new CutoverSnapshot(rows, CutoverPlan.fromSettings(settings), controls);
        var limit = LaunchDecider.limit(row, snapshot, now)
                .map(obstacle -> " It still waits: %s.".formatted(obstacle.line()))
                .orElse("");
        return text(row, overridden(row, settings, snapshot)) + limit;
    }

    private static List<String> overridden(LedgerRow row, Map<String, String> settings, CutoverSnapshot snapshot) {
        var conditions = new ArrayList<String>();
        LaunchDecider.order(row, snapshot).map(Obstacle::line).ifPresent(conditions::add);
        boolean holds = "hold".equalsIgnoreCase(settings.get("cutover.on-difference"));
        if (holds && row.consistency() != null && row.consistency().differs()) {
            conditions.add(row.consistency().sentence());
        }
        return conditions;
    }

    private static String text(LedgerRow row, List<String> overridden) {
        return overridden.isEmpty()
                ? "The launch of %s overrides nothing at present.".formatted(row.label())
                : "The launch of %s overrides: %s.".formatted(row.label(), String.join("; ", overridden));
    }
}
