package dev.smsrunner.job.migrate;

import dev.smsrunner.inventory.InventoryRow;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Whether the inventory contains a source server id; reads the inventory at the first test. */
final class InventorySourceIds implements Predicate<String> {

    private final Consumer<Consumer<InventoryRow>> eachRow;
    private @Nullable Set<String> ids;

    /** @param eachRow passes each row of the inventory to its argument */
    InventorySourceIds(Consumer<Consumer<InventoryRow>> eachRow) {
        this.eachRow = eachRow;
    }

    /** @param id in lower case */
    @Override
    public boolean test(String id) {
        if (ids == null) {
            var read = new HashSet<String>();
            eachRow.accept(row -> read.add(row.sourceServerId().toLowerCase(Locale.ROOT)));
            ids = read;
        }
        return ids.contains(id);
    }
}
