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
 * What the inventory said of the order of rows before a person changed it. Events of earlier versions do not tell it.
 *
 * @param byDigest by row number and what the row was recognised by then
 */
record FormerOrders(Map<Integer, Map<String, PlannedOrder>> byDigest) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static FormerOrders of(RawTables archive, String runId) {
        return of(
                archive.inventoryChanges(runId).stream().map(RecordedEvent::of).toList());
    }

    /** Those that these events tell. */
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

    /** What the inventory said of the row that was recognised by this; null when no event tells. */
    @Nullable
    PlannedOrder of(int row, String digest) {
        return byDigest.getOrDefault(row, Map.of()).get(digest);
    }

    /** All that it ever said of the row. */
    Collection<PlannedOrder> of(int row) {
        return byDigest.getOrDefault(row, Map.of()).values();
    }
}
