package dev.smsrunner.verify;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of checking a run.
 *
 * @param checked what was looked at, by invariant
 * @param notChecked why something was not, by invariant
 * @param told what is no violation but worth knowing
 * @param chain the end of the chain of events; kept elsewhere it proves later that nothing was rewritten
 */
public record VerificationResult(
        String runId,
        List<Remark> checked,
        List<Remark> notChecked,
        List<String> told,
        List<Violation> violations,
        @Nullable String chain) {

    /** Something said about an invariant. */
    public record Remark(String invariant, String text) {}

    /** As the objects that JSON is made of. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("run_id", runId);
        json.put("checked", checked.stream().map(one -> json(one, "what")).toList());
        json.put("not_checked", notChecked.stream().map(one -> json(one, "why")).toList());
        json.put("told", told);
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
