package dev.smsrunner.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something that is not as it was promised.
 *
 * @param invariant which promise, for example {@code I20}; {@code DRIFT} where ledger and cloud tell different things
 * @param row of the inventory, null when it is about the run
 * @param server name of the row's server, null when it is about the run
 * @param evidence numbers of events, intents and entries of the audit
 * @param action what to do now
 */
public record Violation(
        String invariant, @Nullable Integer row, @Nullable String server, String what, String evidence, String action) {

    /** As one line. */
    public String line() {
        var where = row == null ? "run" : server == null ? "row " + row : "row %d %s".formatted(row, server);
        return "%s  %s: %s [%s] do: %s".formatted(invariant, where, what, evidence, action);
    }

    /** As the objects that JSON is made of. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("invariant", invariant);
        json.put("row", row);
        json.put("server_name", server);
        json.put("what", what);
        json.put("evidence", evidence);
        json.put("action", action);
        return json;
    }
}
