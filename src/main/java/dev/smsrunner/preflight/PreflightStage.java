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

/** Runs preflight for rows and writes the results into the ledger. */
public final class PreflightStage {

    private final Ledger ledger;
    private final FencedRun owner;
    private final Supplier<? extends Examiner> examinerFactory;
    private final Map<String, String> defaults;
    private final Clock clock;
    private @Nullable Examiner examiner;

    /**
     * @param examinerFactory reads the account; called for the first rows
     * @param defaults of the job file, for empty cells
     */
    public PreflightStage(
            Ledger ledger,
            FencedRun owner,
            Supplier<? extends Examiner> examinerFactory,
            Map<String, String> defaults,
            Clock clock) {
        this.ledger = ledger;
        this.owner = owner;
        this.examinerFactory = examinerFactory;
        this.defaults = defaults;
        this.clock = clock;
    }

    /** Examines the rows, then matches each with its source or closes it. */
    public void examine(List<? extends LedgerRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        if (examiner == null) {
            examiner = examinerFactory.get();
            examiner.accountFindings()
                    .forEach(finding -> ledger.appendRunEvents(owner, EventDraft.ofRun("FINDING", finding.text())));
            reserveOpenSources(examiner);
        }
        var lines = ledger.inventory(
                owner.runId(), rows.get(0).row(), rows.get(rows.size() - 1).row());
        var writes = new ArrayList<LedgerWrite>();
        var layouts = new HashMap<Integer, String>();
        for (var row : rows) {
            var line = Objects.requireNonNull(lines.get(row.row()));
            var result = examiner.examine(InventoryRow.restore(row.row(), row.line(), line.cells(), defaults));
            writes.add(writeOf(row, result, clock.instant()));
            var facts = result.facts();
            if (facts != null) {
                layouts.put(row.row(), facts);
            }
        }
        ledger.write(owner, writes, layouts);
    }

    /** Reserves the sources of rows accepted earlier, in case the inventory has grown since. */
    private void reserveOpenSources(Examiner examiner) {
        for (var row : ledger.findOpen(owner.runId())) {
            var source = row.sourceId();
            if (source != null) {
                examiner.reserve(source, row.row());
            }
        }
    }

    private static LedgerWrite writeOf(LedgerRow row, PreflightResult result, Instant now) {
        var events = new ArrayList<EventDraft>();
        result.findings()
                .forEach(finding -> events.add(EventDraft.ofRow(
                        row, EventKind.FINDING, null, finding.severity().name(), finding.text())));
        var matched = result.match(row, now);
        if (result.rejection().isPresent()) {
            return closingWrite(matched, Outcome.REJECTED, result.rejection().get(), events, now);
        }
        if (result.nothingToDo().isPresent()) {
            return closingWrite(matched, Outcome.SKIPPED, result.nothingToDo().get(), events, now);
        }
        return LedgerWrite.of(matched, events);
    }

    private static LedgerWrite closingWrite(
            LedgerRow row, Outcome outcome, String reason, List<EventDraft> events, Instant now) {
        events.add(EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", outcome + ": " + reason));
        var explained = outcome == Outcome.REJECTED
                ? row.withFailure(new Failure(
                        null,
                        reason,
                        "FIX_AND_RETRY",
                        "Fix the problem above, then rerun. To change the row itself, edit rerun.csv and run that.",
                        null))
                : row;
        return LedgerWrite.of(explained.end(outcome, reason, now), events);
    }
}
