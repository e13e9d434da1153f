package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the inventory says of the order of one row.
 *
 * @param key the key of its name
 * @param wave empty when it has none
 * @param awaited what it depends on
 */
record PlannedOrder(String key, String wave, List<AwaitedServer> awaited) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** As the columns of the row have it. */
    static PlannedOrder of(Map<String, @Nullable Object> row) {
        return new PlannedOrder(
                NameKey.of(text(row, "server_name")), text(row, "wave"), awaited(text(row, "depends_on")));
    }

    private static List<AwaitedServer> awaited(String entries) {
        return entries.isBlank()
                ? List.of()
                : Arrays.stream(JSON.readValue(entries, String[].class))
                        .map(AwaitedServer::of)
                        .toList();
    }
}
