package dev.smsrunner.verify;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Violation of an invariant.
 *
 * @param invariant id, for example {@code I20}; {@code DRIFT} for a difference between ledger and cloud
 * @param row inventory row, null for the run
 * @param server server name of the row, null for the run
 * @param evidence numbers of events, intents and audit entries
 * @param action recommended action
 */
public record Violation(
        String invariant, @Nullable Integer row, @Nullable String server, String what, String evidence, String action) {

    /** The violation as one line. */
    public String line() {
        var where = row == null ? "run" : server == null ? "row " + row : "row %d %s".formatted(row, server);
        return "%s  %s: %s [%s] do: %s".formatted(invariant, where, what, evidence, action);
    }

    /** The JSON object of the violation. */
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
