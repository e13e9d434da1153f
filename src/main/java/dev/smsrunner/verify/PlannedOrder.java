package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Launch order of one inventory row.
 *
 * @param key key of the server name
 * @param wave empty for none
 * @param awaited dependencies
 * @param window only window of the row; empty for none
 * @param notBefore earliest time of the launch, in ISO 8601; empty for none
 */
record PlannedOrder(String key, String wave, List<AwaitedServer> awaited, String window, String notBefore) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Reads the order from the columns of a row. */
    static PlannedOrder of(Map<String, @Nullable Object> row) {
        return new PlannedOrder(
                NameKey.of(text(row, "server_name")),
                text(row, "wave"),
                awaited(text(row, "depends_on")),
                text(row, "cutover_window"),
                text(row, "cutover_at"));
    }

    private static List<AwaitedServer> awaited(String entries) {
        return entries.isBlank()
                ? List.of()
                : Arrays.stream(JSON.readValue(entries, String[].class))
                        .map(AwaitedServer::of)
                        .toList();
    }
}
