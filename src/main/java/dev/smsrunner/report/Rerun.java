package dev.smsrunner.report;

import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Run;
import java.util.List;
import java.util.stream.Collectors;

/** Selects what a rerun repeats: exactly the rows that failed, were rejected or stopped, or never came to an end. */
public final class Rerun {

    private Rerun() {}

    /**
     * The rows to repeat, in the order of the inventory and with the numbers they have there.
     *
     * @param rows the ledger of the run
     * @param lines its inventory
     */
    public static List<InventoryLine> toRepeat(Run run, List<Migration> rows, List<InventoryLine> lines) {
        var numbers = rows.stream()
                .filter(row -> ReportRow.of(run, row).toRepeat())
                .map(Migration::row)
                .collect(Collectors.toSet());
        return lines.stream().filter(line -> numbers.contains(line.row())).toList();
    }
}
