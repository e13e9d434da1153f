package dev.smsrunner.verify;

import dev.smsrunner.ledger.RawTables;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Launch order of rows before changes of the inventory. Events of earlier versions do not contain it.
 *
 * @param byDigest orders by row number and former digest of the row
 */
record FormerOrders(Map<Integer, Map<String, PlannedOrder>> byDigest) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static FormerOrders of(RawTables archive, String runId) {
        return of(
                archive.inventoryChanges(runId).stream().map(RecordedEvent::of).toList());
    }

    /** Reads the orders from these events. */
    static FormerOrders of(List<RecordedEvent> changes) {
        var byDigest = new HashMap<Integer, Map<String, PlannedOrder>>();
        for (var event : changes) {
            event.change().path("former").properties().forEach(entry -> {
                var columns =
                        JSON.convertValue(entry.getValue(), new TypeReference<Map<String, @Nullable Object>>() {});
                byDigest.computeIfAbsent(Integer.valueOf(entry.getKey()), row -> new HashMap<>())
                        .put(Tables.text(columns, "digest"), PlannedOrder.of(columns));
            });
        }
        return new FormerOrders(byDigest);
    }

    /** The order of the row with this digest; null if no event contains it. */
    @Nullable
    PlannedOrder of(int row, String digest) {
        return byDigest.getOrDefault(row, Map.of()).get(digest);
    }

    /** All former orders of the row. */
    Collection<PlannedOrder> of(int row) {
        return byDigest.getOrDefault(row, Map.of()).values();
    }
}
