package dev.smsrunner.report;

import dev.smsrunner.ledger.InventoryLine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code rerun.csv}: an inventory of the rows to repeat, ready to be used as one. Its cells are those of the inventory, but
 * for one that a spreadsheet would run as a formula: that gets an apostrophe as in {@code report.csv}. Names, ids, addresses
 * and choices cannot be such cells, since validation refuses them; free words (names of waves and applications, tickets,
 * columns that are only carried) can. A server that a row depends on and that has reached its goal is not in the file, so the
 * row does not name it any more.
 */
final class RerunInventory {

    private static final String DEPENDS_ON = "depends_on";

    private final Night night;

    RerunInventory(Night night) {
        this.night = night;
    }

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(Formulas.escape(night.columns().inventory()));
        var repeated = repeatedServers();
        night.withCells((row, line) -> {
            if (row.toRepeat()) {
                csv.line(Formulas.escape(night.columns().cells(stillWaitingFor(repeated, line))));
            }
        });
        csv.end();
    }

    private Set<String> repeatedServers() {
        return night.report().rows().stream()
                .filter(ReportRow::toRepeat)
                .map(row -> row.row().serverName().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static InventoryLine stillWaitingFor(Set<String> servers, InventoryLine line) {
        var names = line.cells().get(DEPENDS_ON);
        if (names == null || names.isEmpty()) {
            return line;
        }
        var cells = new LinkedHashMap<>(line.cells());
        cells.put(
                DEPENDS_ON,
                Arrays.stream(names.split(";"))
                        .map(String::strip)
                        .filter(name -> servers.contains(name.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.joining(";")));
        return new InventoryLine(line.row(), line.line(), cells);
    }
}
