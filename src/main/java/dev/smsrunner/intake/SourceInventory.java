package dev.smsrunner.intake;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.preflight.SourceIndex;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.support.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Inventory of the registered sources.
 *
 * @param columns names of the columns
 * @param rows cells by column name
 * @param finished sources left out because their migration is finished
 * @param differences cells of the operator's list in whose place the rows have other values
 * @param match match with the operator's list; null without a list
 */
public record SourceInventory(
        List<String> columns,
        List<Map<String, String>> rows,
        List<String> finished,
        List<CellDifference> differences,
        @Nullable ListMatch match) {

    /** Columns for the operator to fill in. */
    private static final List<Column> TO_FILL = List.of(Column.WAVE_NAME);

    private static final List<Column> OF_SOURCE = List.of(
            Column.SERVER_NAME, Column.SOURCE_SERVER_ID, Column.SOURCE_IP, Column.SERVER_OS_FAMILY, Column.SIZE_GB);

    /**
     * Inventory of all sources.
     *
     * @param defaults values for empty cells by column name, from the job file
     * @param all whether sources whose migration is finished have a row
     */
    public static SourceInventory of(SourceIndex sources, Map<String, String> defaults, boolean all) {
        var rows = new LinkedHashMap<SourceServer, Map<String, String>>();
        sources.all().stream().sorted(SourceRow.BY_NAME).forEach(source -> rows.put(source, Map.of()));
        return of(rows, defaults, all, null);
    }

    /** Inventory of the sources that the operator's list contains, with the cells of the list. */
    public static SourceInventory of(
            SourceIndex sources, Map<String, String> defaults, boolean all, List<InventoryRow> list) {
        var match = ListMatch.of(list, sources);
        var rows = new LinkedHashMap<SourceServer, Map<String, String>>();
        var names = new ListedNames(match);
        match.matched().forEach((row, source) -> {
            var cells = knownCells(row);
            cells.computeIfPresent(Column.DEPENDS_ON.label(), (column, cell) -> names.ofSources(row, cell));
            rows.put(source, cells);
        });
        return of(rows, defaults, all, match);
    }

    private static SourceInventory of(
            Map<SourceServer, Map<String, String>> listed,
            Map<String, String> defaults,
            boolean all,
            @Nullable ListMatch match) {
        var rows = new LinkedHashMap<SourceServer, Map<String, String>>();
        var finished = new ArrayList<String>();
        listed.forEach((source, cells) -> {
            if (all || !SourceRow.isFinished(source)) {
                rows.put(source, SourceRow.cells(source, defaults, cells));
            } else {
                finished.add(SourceRow.text(source));
            }
        });
        return new SourceInventory(
                columns(defaults, listed.values()),
                List.copyOf(rows.values()),
                finished,
                match == null ? List.of() : differences(match, rows),
                match);
    }

    private static List<String> columns(Map<String, String> defaults, Collection<Map<String, String>> listed) {
        var columns = new ArrayList<>(TO_FILL.stream().map(Column::label).toList());
        columns.addAll(OF_SOURCE.stream().map(Column::label).toList());
        var others = Stream.concat(
                        defaults.keySet().stream(), listed.stream().flatMap(cells -> cells.keySet().stream()))
                .distinct()
                .filter(name -> Column.of(name).isPresent()) // the defaults contain limits of the job file too
                .filter(Predicate.not(columns::contains));
        columns.addAll(
                others.sorted(Comparator.comparingInt(Column.labels()::indexOf)).toList());
        columns.addAll(InventoryFile.FACTS);
        return List.copyOf(columns);
    }

    private static List<CellDifference> differences(ListMatch match, Map<SourceServer, Map<String, String>> rows) {
        var differences = new ArrayList<CellDifference>();
        match.matched().forEach((row, source) -> {
            var written = rows.get(source);
            if (written != null) {
                differences.addAll(CellDifference.between(row, written));
            }
        });
        return differences;
    }

    /** Non-empty cells of known columns. */
    private static Map<String, String> knownCells(InventoryRow row) {
        var cells = new LinkedHashMap<String, String>();
        row.cells().forEach((name, value) -> {
            if (!value.isEmpty() && Column.of(name).isPresent()) {
                cells.put(name, value);
            }
        });
        return cells;
    }

    /** Sources without a row of the list; empty without a list. */
    public List<String> onlyInSms() {
        return match == null
                ? List.of()
                : match.onlyInSms().stream().map(SourceRow::text).toList();
    }

    /** Rows of the list without a source; empty without a list. */
    public List<String> onlyInList() {
        return match == null
                ? List.of()
                : match.onlyInList().stream().map(ListMatch::text).toList();
    }

    /** Number of rows of the list without a matching source; 0 without a list. */
    public int countUnmatched() {
        return match == null ? 0 : match.size() - match.matched().size();
    }

    /** Rows of the list that may mean a source, without a row in the inventory; empty without a list. */
    public List<String> doubtful() {
        return match == null ? List.of() : match.doubtful();
    }

    /** Rows of the list whose source, found by its id, has another name or address; empty without a list. */
    public List<String> otherNames() {
        return match == null ? List.of() : match.otherNames();
    }

    /** Empty cells that the job needs. */
    public List<RequiredCells> required(RowRules rules) {
        return RequiredCells.of(rows, rules);
    }

    /** Number of rows without a value in the column. */
    public long countEmpty(Column column) {
        return rows.stream()
                .filter(cells -> cells.getOrDefault(column.label(), "").isEmpty())
                .count();
    }

    /** The inventory with a column to fill in for each of the required cells. */
    public SourceInventory withColumnsFor(List<RequiredCells> required) {
        var all = new ArrayList<>(columns);
        required.stream()
                .filter(each -> each.columns().stream().map(Column::label).noneMatch(columns::contains))
                .forEach(each -> all.add(
                        all.size() - InventoryFile.FACTS.size(),
                        each.columns().get(0).label()));
        return new SourceInventory(List.copyOf(all), rows, finished, differences, match);
    }

    /** Writes the inventory as CSV. A cell that a spreadsheet would run as a formula gets an apostrophe. */
    public void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(columns);
        rows.forEach(row -> csv.line(
                columns.stream().map(name -> row.getOrDefault(name, "")).toList()));
        csv.end();
    }
}
