package dev.smsrunner.cutover;

import dev.smsrunner.cutover.GateState.Phase;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.GateSettings.Step;
import dev.smsrunner.ledger.GateDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gate of a run, for display.
 *
 * @param rows open rows that are not launched (or, before a start, not started) by the state of the gate for them
 * @param latest latest decision about any of its rows; null before the question
 * @param format formats times
 */
public record GateSummary(
        GateRule rule, Map<Phase, Integer> rows, @Nullable GateDecision latest, CutoverPlan format) {

    /** Gates of the run, by name. */
    public static List<GateSummary> all(CutoverSnapshot run, Instant now) {
        var all = new ArrayList<GateSummary>();
        for (var rule : run.plan().gates()) {
            var rows = new EnumMap<Phase, Integer>(Phase.class);
            var decisions = run.agreements().decisions();
            run.openRows().stream()
                    .filter(rule::covers)
                    .filter(row -> rule.before() == Step.LAUNCH
                            ? !CutoverSnapshot.isLaunching(row)
                            : !row.stage().isUnderWay())
                    .forEach(row ->
                            rows.merge(GateState.of(rule, row, decisions, now).phase(), 1, Integer::sum));
            var latest = decisions.stream()
                    .filter(decision -> decision.gate().equals(rule.name()))
                    .reduce((earlier, later) -> later);
            all.add(new GateSummary(rule, rows, latest.orElse(null), run.plan()));
        }
        return all;
    }

    /** Whether an approver can answer now. */
    public boolean isAnswerable() {
        return latest != null && latest.kind() != GateDecision.Kind.VOID && !rows.isEmpty();
    }

    /** One line: name, rows by state, and the latest decision. */
    public String line() {
        return "%s: %s%s".formatted(rule.name(), counts(), latest == null ? "" : "; " + decision(latest));
    }

    private String counts() {
        if (rows.isEmpty()) {
            return "holds no row any more";
        }
        var parts = new ArrayList<String>();
        rows.forEach((phase, count) -> parts.add("%s %s"
                .formatted(Plural.of(count, "row"), spelling(phase.name()).replace('_', ' '))));
        return String.join(", ", parts);
    }

    private String decision(GateDecision decision) {
        var at = format.format(decision.at());
        return switch (decision.kind()) {
            case ASKED -> "asked %s of %s".formatted(at, rule.approverNames());
            case APPROVED, DENIED ->
                "%s by %s %s%s"
                        .formatted(
                                spelling(decision.kind().name()),
                                decision.actor(),
                                at,
                                decision.comment() == null ? "" : ": " + decision.comment());
            case VOID -> "void since %s, its rows changed".formatted(at);
        };
    }

    private static String spelling(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** JSON form; times in ISO 8601, UTC. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("name", rule.name());
        json.put("before", spelling(rule.before().name()));
        json.put("waves", rule.waves().stream().sorted().toList());
        json.put("approvers", rule.approvers());
        var counts = new LinkedHashMap<String, Integer>();
        for (var phase : Phase.values()) {
            counts.put(spelling(phase.name()), rows.getOrDefault(phase, 0));
        }
        json.put("rows", counts);
        json.put("answerable", isAnswerable());
        json.put("latest", latest == null ? null : json(latest));
        return json;
    }

    private static Map<String, @Nullable Object> json(GateDecision decision) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("decision", spelling(decision.kind().name()));
        json.put("at", decision.at().toString());
        json.put("by", decision.decidedBy());
        json.put("row", decision.row());
        json.put("wave", decision.wave());
        json.put(
                "until",
                decision.expiresAt() == null ? null : decision.expiresAt().toString());
        json.put("comment", decision.comment());
        return json;
    }
}
