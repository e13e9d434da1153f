package dev.smsrunner.run;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.InventoryEdit;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.run.lease.RefusedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merge of a changed inventory into the rows of an unfinished run.
 *
 * <ul>
 *   <li>New servers are appended.
 *   <li>Removed servers are dropped; their tasks stay untouched.
 *   <li>Servers that were not started take their new cells.
 *   <li>Started servers keep their cells, except for the columns of the order. These may change until the launch is sent.
 *   <li>Any other change is refused.
 * </ul>
 */
final class InventoryMerge {

    /** Columns that are only copied into the report. */
    private static final Set<Column> REPORT_ONLY =
            Set.of(Column.APP_NAME, Column.OWNER_EMAIL, Column.CHANGE_TICKET, Column.SIZE_GB, Column.LINK_MBIT);

    /** Columns that only affect the order of starts and launches. */
    private static final Set<Column> ORDER_ONLY = Set.of(
            Column.DEPENDS_ON,
            Column.PRIORITY,
            Column.WAVE_NAME,
            Column.OK_TO_CUTOVER,
            Column.CUTOVER_WINDOW,
            Column.CUTOVER_AT);

    private final String runId;
    private final CutoverPlan plan;
    private final Map<Integer, LedgerRow> rows = new HashMap<>();
    private final Instant now;
    private final List<String> refusals = new ArrayList<>();
    private final InventoryEdit edit;
    private int lastRow;

    private InventoryMerge(Run run, List<LedgerRow> ledger, String sha256, Instant now) {
        this.runId = run.runId();
        this.plan = CutoverPlan.fromSettings(run.settings());
        this.now = now;
        ledger.forEach(row -> rows.put(row.row(), row));
        this.lastRow = ledger.stream().mapToInt(LedgerRow::row).max().orElse(0);
        this.edit = new InventoryEdit(
                sha256, new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }

    /**
     * Computes the changes to the ledger.
     *
     * @param ledger rows of the run
     * @throws RefusedException when the cells of a started or ended server changed, or its order changed after its launch was
     *     sent; lists all such servers
     */
    static InventoryEdit of(InventoryDiff diff, Run run, List<LedgerRow> ledger, String sha256, Instant now) {
        var merge = new InventoryMerge(run, ledger, sha256, now);
        diff.changed().forEach(merge::change);
        diff.removed().forEach(merge::drop);
        if (!merge.refusals.isEmpty()) {
            throw new RefusedException(
                    "The inventory changes %s that run %s has started or ended, see below. Nothing was changed. Restore these rows, or migrate them in a new run after this run has ended."
                            .formatted(Plural.of(merge.refusals.size(), "server"), run.runId()),
                    merge.refusals);
        }
        diff.added().forEach(merge::add);
        return merge.edit;
    }

    private void change(InventoryDiff.Pair pair) {
        var row = Objects.requireNonNull(rows.get(pair.before().row()), "a recorded line without its ledger row");
        var cells = pair.cells();
        if (cells.keySet().stream().allMatch(InventoryMerge::isReportOnly)) {
            addChange(row, row, pair);
        } else if (isReplannable(row)) {
            addReplanned(row.replan(newRow(pair.current(), row.row())), row, pair);
        } else if (!isOrderOnly(cells.keySet()) || isTaskUnresolved(row)) {
            refusals.add("%s is %s: %s".formatted(row.label(), row.isOpen() ? row.stage() : row.outcome(), cells));
        } else if (launchReason(row) != null) {
            refusals.add(
                    "%s %s, so its order cannot change any more: %s".formatted(row.label(), launchReason(row), cells));
        } else {
            addReplanned(row.reorder(newRow(pair.current(), row.row())), row, pair);
        }
    }

    private void addReplanned(LedgerRow after, LedgerRow before, InventoryDiff.Pair pair) {
        addChange(after, before, pair);
        edit.replanned().add(after);
    }

    /** Reason why the launch of a row is already decided; null while it is not. */
    private @Nullable String launchReason(LedgerRow row) {
        if (row.hasSentLaunch() || row.milestones().launchedAt() != null) {
            return "was launched";
        }
        return plan.holdsStarts() && row.stage().isUnderWay()
                ? "was started, and SMS launches it automatically at the end of its copy"
                : null;
    }

    private void addChange(LedgerRow after, LedgerRow before, InventoryDiff.Pair pair) {
        edit.changedLines()
                .add(new StoredInventoryLine(
                        before.row(), before.line(), pair.current().cells()));
        addWrite(after, EventDraft.ofStage(before, after.stage(), "the inventory was changed: " + pair.cells()));
    }

    /** Whether the row can take new cells; an unresolved call still belongs to the old ones. */
    private static boolean isReplannable(LedgerRow row) {
        boolean notStarted = row.stage() == Stage.PLANNED || row.stage() == Stage.TASK_READY;
        return notStarted && row.attempts() == 0 && !row.hasUndecidedCall();
    }

    private static boolean isReportOnly(String column) {
        return Column.of(column).map(REPORT_ONLY::contains).orElse(true);
    }

    private static boolean isOrderOnly(Set<String> columns) {
        return columns.stream()
                .allMatch(column -> isReportOnly(column)
                        || Column.of(column).map(ORDER_ONLY::contains).orElse(false));
    }

    /** Whether a call that creates or updates the task has no result yet: it was sent with the priority of the old cells. */
    private static boolean isTaskUnresolved(LedgerRow row) {
        return row.hasUndecidedCall() && !row.stage().isUnderWay();
    }

    private void drop(StoredInventoryLine line) {
        var row = rows.get(line.row());
        if (row == null || !row.isOpen()) {
            return; // ended rows stay in the report
        }
        if (row.hasUndecidedCall()) {
            refusals.add(
                    "%s was removed, but one of its calls has no answer yet; use 'resume %s' without the changes first"
                            .formatted(row.label(), runId));
            return;
        }
        var why = "dropped from the inventory"
                + (row.taskId() == null ? "" : "; its task %s was left as it is".formatted(row.taskId()));
        var dropped = withSourceId(row, line).end(Outcome.SKIPPED, why, now);
        addWrite(dropped, EventDraft.ofEnd(row, Outcome.SKIPPED, why));
    }

    /** Sets the source id of the cell, since other rows may depend on the row by that id. */
    private static LedgerRow withSourceId(LedgerRow row, StoredInventoryLine line) {
        var id = line.cells().getOrDefault(Column.SOURCE_SERVER_ID.label(), "");
        return row.sourceId() != null || id.isEmpty() ? row : row.withSource(id, row.taskId());
    }

    private void add(InventoryRow added) {
        lastRow++;
        edit.added().add(newRow(added, lastRow));
        edit.addedLines().add(new StoredInventoryLine(lastRow, added.line(), added.cells()));
    }

    private LedgerRow newRow(InventoryRow row, int number) {
        return LedgerRow.planned(
                        runId,
                        number,
                        row.line(),
                        row.serverName(),
                        row.waveName(),
                        row.priority(),
                        row.dependsOn(),
                        now)
                .withCutover(new RequestedCutover(row.cutoverWindow(), row.cutoverAt()));
    }

    private void addWrite(LedgerRow after, EventDraft event) {
        edit.entries().add(LedgerWrite.of(after, List.of(event)));
    }
}
