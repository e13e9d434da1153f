package dev.smsrunner.run;

import dev.smsrunner.inventory.Column;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether the inventory contains a source server id; reads the inventory at the first test. */
final class InventorySourceIds implements Predicate<String> {

    private final Consumer<Consumer<Map<String, String>>> eachRow;
    private @Nullable Set<String> ids;

    /** @param eachRow passes the cells of each row, by column name, to its argument */
    InventorySourceIds(Consumer<Consumer<Map<String, String>>> eachRow) {
        this.eachRow = eachRow;
    }

    /** @param id in lower case */
    @Override
    public boolean test(String id) {
        if (ids == null) {
            var read = new HashSet<String>();
            eachRow.accept(cells -> read.add(
                    cells.getOrDefault(Column.SOURCE_SERVER_ID.label(), "").toLowerCase(Locale.ROOT)));
            ids = read;
        }
        return ids.contains(id);
    }
}
