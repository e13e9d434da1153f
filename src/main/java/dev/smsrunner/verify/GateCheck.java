package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * I25 from the events: each launch behind a gate follows an approval by an operator who may approve, in its time. Where SMS
 * launches by itself, and for gates before the start, this applies to the start. The decisions in the ledger equal the events.
 */
final class GateCheck implements EventCheck {

    private static final Pattern GATE = Pattern.compile("gates\\.(.+)\\.approvers");

    private final Findings findings;
    private final List<Map<String, @Nullable Object>> stored;
    private final Map<Integer, String> waves = new HashMap<>();
    private final List<JsonNode> decisions = new ArrayList<>();
    private final Map<String, String> violations = new LinkedHashMap<>();
    private final Map<String, RecordedEvent> calls = new HashMap<>();
    private String recorded = "";
    private RecordedSettings settings = RecordedSettings.of(null);
    private int checked;

    /** @param stored decisions in the ledger */
    GateCheck(Tables tables, List<Map<String, @Nullable Object>> stored, Findings findings) {
        this.stored = stored;
        this.findings = findings;
        tables.rows().forEach(row -> waves.put(Tables.number(row), text(row, "wave")));
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var changed = event.change().path("run").path("settings").asString(recorded);
        if (!changed.equals(recorded)) {
            recorded = changed;
            settings = RecordedSettings.of(changed);
        }
        if (event.kind().equals("GATE")) {
            decide(event, before);
        } else if (event.row() != null && event.callState().equals("OPEN")) {
            checkCall(event, event.row(), before);
        }
    }

    private void decide(RecordedEvent event, ReplayedTables before) {
        var decision = event.change().path("gate");
        decisions.add(decision);
        if (!decision.path("decision").asString("").equals("APPROVED")) {
            return;
        }
        var gate = decision.path("gate_name").asString("");
        var actor = decision.path("actor").asString("");
        boolean mayApprove = names("gates.%s.approvers".formatted(gate)).contains(actor);
        boolean self = actor.equals(before.run().getOrDefault("begun_by", ""))
                && !settings.text("gates.%s.self-approval".formatted(gate)).equals("true");
        if (!mayApprove || self) {
            findings.violation(
                    "I25",
                    null,
                    "'%s' approved the gate %s, but %s"
                            .formatted(actor, gate, self ? "began the run" : "is not one of its approvers"),
                    "event " + event.number(),
                    Findings.RESTORE);
        }
    }

    private void checkCall(RecordedEvent event, int row, ReplayedTables before) {
        boolean launch = event.callOperation().equals("LAUNCH");
        boolean start = event.callOperation().equals("START");
        boolean first =
                List.of("PLANNED", "TASK_READY").contains(before.row(row).getOrDefault("stage", ""));
        for (var gate : gates()) {
            var waves = names("gates.%s.waves".formatted(gate));
            boolean covers = waves.isEmpty() || waves.contains(this.waves.getOrDefault(row, ""));
            boolean beforeStart =
                    settings.text("gates.%s.before".formatted(gate)).equals("start");
            boolean holds = beforeStart ? start && first : launch || start && settings.launchesAutomatically();
            if (covers && holds) {
                checked++;
                missing(
                                gate,
                                row,
                                Instant.parse(event.intent().path("intended_at").asString()))
                        .ifPresent(what -> add(event, what));
            }
        }
    }

    /** What the approval of the gate for the row lacks at this instant; empty when it is in effect. */
    private Optional<String> missing(String gate, int row, Instant at) {
        JsonNode latest = null;
        for (var decision : decisions) {
            boolean about = decision.path("gate_name").asString("").equals(gate)
                    && (decision.path("row_no").isMissingNode()
                            || decision.path("row_no").isNull()
                            || decision.path("row_no").asInt() == row)
                    && (decision.path("wave").isMissingNode()
                            || decision.path("wave").isNull()
                            || decision.path("wave").asString("").equals(waves.get(row)));
            latest = about ? decision : latest;
        }
        var kind = latest == null ? "" : latest.path("decision").asString("");
        if (latest == null || !kind.equals("APPROVED")) {
            return Optional.of("before the approval of the gate %s".formatted(gate));
        }
        var until = latest.path("expires_at").asString("");
        return until.isEmpty() || at.isBefore(Instant.parse(until))
                ? Optional.empty()
                : Optional.of("after the approval of the gate %s had expired".formatted(gate));
    }

    private TreeSet<String> gates() {
        var gates = new TreeSet<String>();
        settings.settings().keySet().forEach(key -> {
            var matched = GATE.matcher(key);
            if (matched.matches()) {
                gates.add(matched.group(1));
            }
        });
        return gates;
    }

    private List<String> names(String key) {
        return Arrays.stream(settings.text(key).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private void add(RecordedEvent event, String what) {
        violations.put(event.callKey(), what);
        calls.put(event.callKey(), event);
    }

    /** Reports calls without an approval, except those that were not sent. */
    @Override
    public void end(ReplayedTables replayed) {
        violations.forEach((key, what) -> {
            var event = Objects.requireNonNull(calls.get(key));
            if (!"NOT_SENT"
                    .equals(replayed.intents().getOrDefault(key, Map.of()).get("state"))) {
                findings.violation(
                        "I25",
                        event.row(),
                        "%s was sent %s".formatted(event.callOperation(), what),
                        "event %d of %s".formatted(event.number(), event.at()),
                        "Inform the owner of the server and the approvers of the gate.");
            }
        });
        compare();
        findings.checked("I25", Findings.count(checked, "call") + " behind gates: each after its approval");
    }

    /** Compares the decisions in the ledger with those of the events. */
    private void compare() {
        var expected = new HashMap<String, JsonNode>();
        decisions.forEach(decision -> expected.put(decision.path("decision_no").asString(""), decision));
        for (var row : stored) {
            var decision = expected.remove(text(row, "decision_no"));
            boolean same = decision != null
                    && row.entrySet().stream()
                            .filter(cell -> !cell.getKey().equals("run_id"))
                            .allMatch(cell -> Objects.toString(cell.getValue(), "")
                                    .equals(decision.path(cell.getKey()).asString("")));
            if (!same) {
                violation("decision %s of the gate %s (%s) differs from the events"
                        .formatted(text(row, "decision_no"), text(row, "gate_name"), text(row, "decision")));
            }
        }
        expected.keySet()
                .forEach(number -> violation("decision %s of a gate was removed from the ledger".formatted(number)));
    }

    private void violation(String what) {
        findings.violation("I25", null, what, "gate_decision", Findings.RESTORE);
    }
}
