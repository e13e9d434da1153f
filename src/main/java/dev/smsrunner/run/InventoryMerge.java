package dev.smsrunner.run;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.InventoryEdit;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a changed inventory means for the rows of an unfinished run: new servers are added behind the others, those that are
 * gone are dropped with their remote work untouched, and a server that nothing was started for takes its new cells. What was
 * started keeps its specification, but for the columns that only concern the order: these may change until its launch is sent.
 * Any other change is refused.
 */
final class InventoryMerge {

    /** Columns that are only carried into the report. */
    private static final Set<Column> CARRIED = Set.of(Column.APP_NAME, Column.OWNER_EMAIL, Column.CHANGE_TICKET);

    /** Columns that only concern the order of starts and launches. */
    private static final Set<Column> ORDER = Set.of(Column.DEPENDS_ON, Column.PRIORITY, Column.WAVE_NAME);

    private final String runId;
    private final CutoverPlan plan;
    private final Map<Integer, LedgerRow> rows = new HashMap<>();
    private final Instant now;
    private final List<String> refused = new ArrayList<>();
    private final InventoryEdit edit;
    private int last;

    private InventoryMerge(Run run, List<LedgerRow> ledger, String sha256, Instant now) {
        this.runId = run.runId();
        this.plan = CutoverPlan.recorded(run.settings());
        this.now = now;
        ledger.forEach(row -> rows.put(row.row(), row));
        this.last = ledger.stream().mapToInt(LedgerRow::row).max().orElse(0);
        this.edit = new InventoryEdit(
                sha256, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * What is to be written.
     *
     * @param ledger the rows of the run
     * @throws RefusedException when a server that was started, or has ended, is to be another, or is to be launched in another
     *     order though its launch was sent; names all of them
     */
    static InventoryEdit of(InventoryDiff difference, Run run, List<LedgerRow> ledger, String sha256, Instant now) {
        var acceptance = new InventoryMerge(run, ledger, sha256, now);
        difference.changed().forEach(acceptance::change);
        difference.removed().forEach(acceptance::drop);
        if (!acceptance.refused.isEmpty()) {
            throw new RefusedException(
                    "The inventory changes %d server%s that the run %s has begun or ended, see below. Nothing was changed. Restore those rows, or give them to a run of their own when this one has ended."
                            .formatted(
                                    acceptance.refused.size(), acceptance.refused.size() == 1 ? "" : "s", run.runId()),
                    acceptance.refused);
        }
        difference.added().forEach(acceptance::add);
        return acceptance.edit;
    }

    private void change(InventoryDiff.Pair pair) {
        var row = rows.get(pair.before().row());
        var cells = pair.cells();
        if (cells.keySet().stream().allMatch(InventoryMerge::isCarried)) {
            take(row, row, pair);
        } else if (mayBePlannedAnew(row)) {
            var anew = row.plannedAnew(planned(pair.now(), row.row()));
            take(anew, row, pair);
            edit.replanned().add(anew);
        } else if (!isOfOrder(cells.keySet()) || isTaskUndecided(row)) {
            refused.add("%s is %s: %s".formatted(row.label(), row.open() ? row.stage() : row.outcome(), cells));
        } else if (launched(row) != null) {
            refused.add(
                    "%s %s, so that its order cannot change any more: %s".formatted(row.label(), launched(row), cells));
        } else {
            var anew = row.orderedAnew(planned(pair.now(), row.row()));
            take(anew, row, pair);
            edit.replanned().add(anew);
        }
    }

    /** How it comes that the launch of a row is decided on already; null while it is not. */
    private @Nullable String launched(LedgerRow row) {
        var call = row.call();
        boolean sent = call != null
                && call.operation() == Operation.LAUNCH
                && (call.state().undecided() || call.state().executed());
        if (sent || row.milestones().launchedAt() != null) {
            return "was launched";
        }
        return plan.holdsStarts() && row.stage().underWay()
                ? "was started, and SMS launches it by itself at the end of its copy"
                : null;
    }

    private void take(LedgerRow after, LedgerRow before, InventoryDiff.Pair pair) {
        edit.changedLines()
                .add(new StoredInventoryLine(
                        before.row(), before.line(), pair.now().cells()));
        tell(before, after, after.stage().name(), "the inventory was changed: " + pair.cells());
    }

    /** A call without an answer belongs to the cells that it was made from. */
    private static boolean mayBePlannedAnew(LedgerRow row) {
        boolean notStarted = row.stage() == Stage.PLANNED || row.stage() == Stage.TASK_READY;
        return notStarted && row.attempts() == 0 && !row.undecided();
    }

    private static boolean isCarried(String column) {
        return Column.of(column).map(CARRIED::contains).orElse(true);
    }

    private static boolean isOfOrder(Set<String> columns) {
        return columns.stream()
                .allMatch(column -> isCarried(column)
                        || Column.of(column).map(ORDER::contains).orElse(false));
    }

    /** A task that is being made or changed has the priority of the cells that it is made from. */
    private static boolean isTaskUndecided(LedgerRow row) {
        var call = row.call();
        return call != null && call.state().undecided() && !row.stage().underWay();
    }

    private void drop(StoredInventoryLine line) {
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
        var dropped = named(row, line).closed(Outcome.SKIPPED, why, now);
        tell(row, dropped, Stage.CLOSED.name(), Outcome.SKIPPED + ": " + why);
    }

    /** With the source server that its cell names: other rows may depend on it by its id. */
    private static LedgerRow named(LedgerRow row, StoredInventoryLine line) {
        var id = line.cells().getOrDefault(Column.SOURCE_SERVER_ID.label(), "");
        return row.sourceId() != null || id.isEmpty() ? row : row.matched(id, row.taskId());
    }

    private void add(InventoryRow added) {
        last++;
        edit.added().add(planned(added, last));
        edit.addedLines().add(new StoredInventoryLine(last, added.line(), added.cells()));
    }

    private LedgerRow planned(InventoryRow row, int number) {
        return LedgerRow.planned(
                runId, number, row.line(), row.serverName(), row.waveName(), row.priority(), row.dependsOn(), now);
    }

    private void tell(LedgerRow before, LedgerRow after, String stage, String detail) {
        var event = EventDraft.ofRow(before, EventKind.STAGE, before.stage().name(), stage, detail);
        edit.entries().add(LedgerWrite.of(after, List.of(event)));
    }
}
