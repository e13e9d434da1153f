package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Matcher of audit entries to intents: same operation, same target, intent committed before the arrival. */
final class IntentMatcher {

    private final JobCalls calls;
    private final Map<String, List<Candidate>> candidates = new HashMap<>();

    /** An intent that may match an audit entry. */
    record Candidate(@Nullable Integer row, String operation, Instant at, String state) {}

    IntentMatcher(Tables tables, JobCalls calls) {
        this.calls = calls;
        tables.intents().forEach(intent -> add(intent, number(intent)));
        tables.intentsOfOthers().forEach(intent -> add(intent, null));
    }

    private void add(Map<String, @Nullable Object> intent, @Nullable Integer row) {
        candidates
                .computeIfAbsent(text(intent, "operation") + " " + text(intent, "target"), key -> new ArrayList<>())
                .add(new Candidate(
                        row,
                        text(intent, "operation"),
                        Instant.parse(text(intent, "intended_at")),
                        text(intent, "state")));
    }

    /** Removes and returns the oldest matching intent. */
    Optional<Candidate> match(AuditLine call) {
        var fits = new TreeMap<Instant, Candidate>();
        for (var operation : calls.intentOperations(call)) {
            for (var candidate : candidatesOf(operation, call)) {
                if (!candidate.at().isAfter(call.at())) {
                    fits.putIfAbsent(candidate.at(), candidate);
                }
            }
        }
        var found =
                Optional.ofNullable(fits.isEmpty() ? null : fits.firstEntry().getValue());
        found.ifPresent(candidate -> candidatesOf(candidate.operation(), call).remove(candidate));
        return found;
    }

    private List<Candidate> candidatesOf(String operation, AuditLine call) {
        return candidates.computeIfAbsent(operation + " " + call.target(), key -> new ArrayList<>());
    }
}
