package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes into the ledger what preflight finds about its rows. */
public final class PreflightStage {

    private final Ledger ledger;
    private final FencedRun owner;
    private final Supplier<? extends Examiner> look;
    private final Map<String, String> defaults;
    private final Clock clock;
    private @Nullable Examiner preflight;

    /**
     * @param look looks at the account; asked when the first rows come
     * @param defaults of the job file, for empty cells
     */
    public PreflightStage(
            Ledger ledger,
            FencedRun owner,
            Supplier<? extends Examiner> look,
            Map<String, String> defaults,
            Clock clock) {
        this.ledger = ledger;
        this.owner = owner;
        this.look = look;
        this.defaults = defaults;
        this.clock = clock;
    }

    /** Examines the rows and writes what was found: each is matched with its source, or closed. */
    public void examine(List<? extends LedgerRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (preflight == null) {
            preflight = look.get();
            preflight.account().forEach(finding -> ledger.tell(owner, EventDraft.ofRun("FINDING", finding.text())));
            tellWhatIsTaken(preflight);
        }
        var lines = ledger.inventory(
                owner.runId(), rows.get(0).row(), rows.get(rows.size() - 1).row());
        var entries = new ArrayList<LedgerWrite>();
        var layouts = new HashMap<Integer, String>();
        for (var row : rows) {
            var line = Objects.requireNonNull(lines.get(row.row()));
            var examined = preflight.examine(InventoryRow.restore(row.row(), row.line(), line.cells(), defaults));
            entries.add(entry(row, examined, clock.instant()));
            var facts = examined.facts();
            if (facts != null) {
                layouts.put(row.row(), facts);
            }
        }
        ledger.write(owner, entries, layouts);
    }

    /** The rows that came in before, when the inventory has grown since. */
    private void tellWhatIsTaken(Examiner by) {
        for (var row : ledger.open(owner.runId())) {
            var source = row.sourceId();
            if (source != null) {
                by.takenBy(source, row.row());
            }
        }
    }

    private static LedgerWrite entry(LedgerRow row, PreflightResult examined, Instant now) {
        var events = new ArrayList<EventDraft>();
        examined.findings()
                .forEach(finding -> events.add(EventDraft.ofRow(
                        row, EventKind.FINDING, null, finding.severity().name(), finding.text())));
        var known = examined.match(row, now);
        if (examined.rejection().isPresent()) {
            return closed(known, Outcome.REJECTED, examined.rejection().get(), events, now);
        }
        if (examined.nothingToDo().isPresent()) {
            return closed(known, Outcome.SKIPPED, examined.nothingToDo().get(), events, now);
        }
        return LedgerWrite.of(known, events);
    }

    private static LedgerWrite closed(
            LedgerRow row, Outcome outcome, String why, List<EventDraft> events, Instant now) {
        events.add(EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", outcome + ": " + why));
        var explained = outcome == Outcome.REJECTED
                ? row.withFailure(new Failure(
                        null,
                        why,
                        "FIX_AND_RETRY",
                        "Fix the problem above, then rerun. To change the row itself, edit rerun.csv and run that.",
                        null))
                : row;
        return LedgerWrite.of(explained.closed(outcome, why, now), events);
    }
}
