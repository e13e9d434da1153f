package dev.smsrunner.run;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.InventoryEdit;
import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a changed inventory means for the rows of an unfinished run: new servers are added behind the others, those that are
 * gone are dropped with their remote work untouched, and a server that nothing was started for takes its new cells. What was
 * started keeps its specification: such a change is refused.
 */
final class InventoryAcceptance {

    /** Columns that are only carried into the report. */
    private static final Set<Column> CARRIED = Set.of(Column.APP_NAME, Column.OWNER_EMAIL, Column.CHANGE_TICKET);

    private final String runId;
    private final Map<Integer, Migration> rows = new HashMap<>();
    private final Instant now;
    private final List<String> refused = new ArrayList<>();
    private final InventoryEdit edit;
    private int last;

    private InventoryAcceptance(String runId, List<Migration> ledger, String sha256, Instant now) {
        this.runId = runId;
        this.now = now;
        ledger.forEach(row -> rows.put(row.row(), row));
        this.last = ledger.stream().mapToInt(Migration::row).max().orElse(0);
        this.edit = new InventoryEdit(
                sha256, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * What is to be written.
     *
     * @param ledger the rows of the run
     * @throws RefusedException when a server that was started, or has ended, is to be another; names all of them
     */
    static InventoryEdit of(
            InventoryDifference difference, String runId, List<Migration> ledger, String sha256, Instant now) {
        var acceptance = new InventoryAcceptance(runId, ledger, sha256, now);
        difference.changed().forEach(acceptance::change);
        difference.removed().forEach(acceptance::drop);
        if (!acceptance.refused.isEmpty()) {
            throw new RefusedException(
                    "The inventory changes %d server%s that the run %s has begun or ended, see below. Nothing was changed. Restore those rows, or give them to a run of their own when this one has ended."
                            .formatted(acceptance.refused.size(), acceptance.refused.size() == 1 ? "" : "s", runId),
                    acceptance.refused);
        }
        difference.added().forEach(acceptance::add);
        return acceptance.edit;
    }

    private void change(InventoryDifference.Pair pair) {
        var row = rows.get(pair.before().row());
        var cells = pair.cells();
        if (cells.keySet().stream().allMatch(InventoryAcceptance::isCarried)) {
            take(row, row, pair);
        } else if (mayBePlannedAnew(row)) {
            var anew = row.plannedAnew(planned(pair.now(), row.row()));
            take(anew, row, pair);
            edit.replanned().add(anew);
        } else {
            refused.add("%s is %s: %s".formatted(row.label(), row.open() ? row.stage() : row.outcome(), cells));
        }
    }

    private void take(Migration after, Migration before, InventoryDifference.Pair pair) {
        edit.changedLines()
                .add(new InventoryLine(before.row(), before.line(), pair.now().cells()));
        tell(before, after, after.stage().name(), "the inventory was changed: " + pair.cells());
    }

    /** A call without an answer belongs to the cells that it was made from. */
    private static boolean mayBePlannedAnew(Migration row) {
        boolean notStarted = row.stage() == Stage.PLANNED || row.stage() == Stage.TASK_READY;
        return notStarted && row.attempts() == 0 && !row.undecided();
    }

    private static boolean isCarried(String column) {
        return Column.of(column).map(CARRIED::contains).orElse(true);
    }

    private void drop(InventoryLine line) {
        var row = rows.get(line.row());
        if (row == null || !row.open()) {
            return; // what has ended stays in the report
        }
        if (row.undecided()) {
            refused.add("%s is gone: a call for it has no answer yet; 'resume %s' without the changes first"
                    .formatted(row.label(), runId));
            return;
        }
        var why = "dropped from the inventory"
                + (row.taskId() == null ? "" : "; its task %s was left as it is".formatted(row.taskId()));
        tell(row, row.closed(Outcome.SKIPPED, why, now), Stage.CLOSED.name(), Outcome.SKIPPED + ": " + why);
    }

    private void add(InventoryRow added) {
        last++;
        edit.added().add(planned(added, last));
        edit.addedLines().add(new InventoryLine(last, added.line(), added.cells()));
    }

    private Migration planned(InventoryRow row, int number) {
        return Migration.planned(
                runId, number, row.line(), row.serverName(), row.waveName(), row.priority(), row.dependsOn(), now);
    }

    private void tell(Migration before, Migration after, String stage, String detail) {
        var event = EventDraft.ofRow(before, EventKind.STAGE, before.stage().name(), stage, detail);
        edit.entries().add(Entry.of(after, List.of(event)));
    }
}
