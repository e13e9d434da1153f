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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs preflight for rows and writes the results into the ledger, chunk by chunk. */
public final class PreflightStage {

    private final Ledger ledger;
    private final FencedRun owner;
    private final Supplier<? extends Examiner> examinerFactory;
    private final Clock clock;
    private final List<ExaminedRow> ended = new ArrayList<>();
    private @Nullable Examiner examiner;

    /** @param examinerFactory reads the account; called for the first row */
    public PreflightStage(Ledger ledger, FencedRun owner, Supplier<? extends Examiner> examinerFactory, Clock clock) {
        this.ledger = ledger;
        this.owner = owner;
        this.examinerFactory = examinerFactory;
        this.clock = clock;
    }

    /**
     * Examines a row.
     *
     * @return the row matched with its source or task; empty when preflight ended the row. {@link #write} writes both
     */
    public Optional<ExaminedRow> examine(LedgerRow row, InventoryRow cells) {
        var result = examiner().examine(cells);
        var examined = new ExaminedRow(writeOf(row, result, clock.instant()), result.facts());
        if (examined.isAccepted()) {
            return Optional.of(examined);
        }
        ended.add(examined);
        return Optional.empty();
    }

    /** Writes the accepted rows of a chunk, and the rows that preflight ended since the previous write, in their order. */
    public void write(List<? extends ExaminedRow> accepted) {
        var all = new ArrayList<ExaminedRow>(accepted);
        all.addAll(ended);
        if (all.isEmpty()) {
            return;
        }
        all.sort(Comparator.comparingInt(examined -> examined.write().row().row()));
        var facts = new HashMap<Integer, String>();
        all.forEach(examined -> {
            if (examined.facts() != null) {
                facts.put(examined.write().row().row(), examined.facts());
            }
        });
        ledger.write(owner, all.stream().map(ExaminedRow::write).toList(), facts);
        discard();
    }

    /** Discards the rows that preflight ended and that are not written yet; they stay planned. */
    public void discard() {
        ended.clear();
    }

    private Examiner examiner() {
        if (examiner == null) {
            var created = examinerFactory.get();
            created.accountFindings()
                    .forEach(finding -> ledger.appendRunEvents(owner, EventDraft.ofRun("FINDING", finding.text())));
            reserveOpenSources(created);
            examiner = created;
        }
        return examiner;
    }

    /** Reserves the sources of rows accepted earlier, in case the inventory has grown since. */
    private void reserveOpenSources(Examiner created) {
        for (var row : ledger.findOpen(owner.runId())) {
            var source = row.sourceId();
            if (source != null) {
                created.reserve(source, row.row());
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
        events.add(EventDraft.ofEnd(row, outcome, reason));
        var explained = outcome == Outcome.REJECTED
                ? row.withFailure(Failure.of(
                        reason,
                        "FIX_AND_RETRY",
                        "Fix the problem above, then rerun. To change the row itself, edit rerun.csv and run that."))
                : row;
        return LedgerWrite.of(explained.end(outcome, reason, now), events);
    }
}
