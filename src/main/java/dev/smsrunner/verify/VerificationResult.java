package dev.smsrunner.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Result of the verification of a run.
 *
 * @param checked completed checks by invariant
 * @param notChecked reasons for omitted checks by invariant
 * @param notes information that is no violation
 * @param chain last hash of the event chain; a copy elsewhere proves later that nothing was rewritten
 */
public record VerificationResult(
        String runId,
        List<Remark> checked,
        List<Remark> notChecked,
        List<String> notes,
        List<Violation> violations,
        @Nullable String chain) {

    /** Remark on an invariant. */
    public record Remark(String invariant, String text) {}

    /** The JSON object of the result. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", runId);
        json.put("checked", checked.stream().map(one -> json(one, "what")).toList());
        json.put("not_checked", notChecked.stream().map(one -> json(one, "why")).toList());
        json.put("told", notes);
        json.put("violations", violations.stream().map(Violation::json).toList());
        json.put("chain", chain);
        return json;
    }

    private static Map<String, String> json(Remark remark, String name) {
        var json = new LinkedHashMap<String, String>();
        json.put("invariant", remark.invariant());
        json.put(name, remark.text());
        return json;
    }
}
