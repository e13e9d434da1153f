package dev.smsrunner.cutover;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.inventory.Suggestions;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answer to an operator who approves or denies a gate; pure.
 *
 * @param text text for the operator
 * @param decision decision to record; null when the request is refused
 */
public record GateAnswer(String text, @Nullable GateDecision decision) {

    /** Refusal with its cause. */
    public static GateAnswer refused(String why) {
        return new GateAnswer(why, null);
    }

    /**
     * Evaluates a request.
     *
     * @param control approval or denial
     * @param digests digest of each inventory row by row number
     */
    public static GateAnswer of(Control control, CutoverSnapshot run, Map<Integer, String> digests, Instant now) {
        var name = Objects.requireNonNullElse(control.gate(), "");
        var rule = run.plan().gate(name).orElse(null);
        return rule == null ? refused(unknown(name, run.plan())) : new Request(control, rule, run, now).answer(digests);
    }

    /** Text about a name that no gate has. */
    public static String unknown(String name, CutoverPlan plan) {
        var names = plan.gates().stream().map(GateRule::name).toList();
        return names.isEmpty()
                ? "the run has no gates"
                : "the run has no gate %s; %s"
                        .formatted(name, Suggestions.advice(name, names, "its gates are " + String.join(", ", names)));
    }

    private record Request(Control control, GateRule rule, CutoverSnapshot run, Instant now) {

        GateAnswer answer(Map<Integer, String> digests) {
            return refusal().map(GateAnswer::refused).orElseGet(() -> decide(digests));
        }

        private boolean approves() {
            return control.action() == ControlAction.APPROVE;
        }

        private Optional<String> refusal() {
            var actor = Objects.requireNonNullElse(control.actor(), "");
            if (!rule.approvers().contains(actor)) {
                return Optional.of("%s may not answer %s; its approvers are %s"
                        .formatted(actor.isEmpty() ? control.requestedBy() : actor, rule.name(), rule.approverNames()));
            }
            if (approves()
                    && !rule.selfApproval()
                    && actor.equals(run.agreements().begunBy())) {
                return Optional.of("%s began the run and may not approve %s; another approver must: %s"
                        .formatted(actor, rule.name(), rule.approverNames()));
            }
            return wasAsked()
                    ? scopeRefusal()
                    : Optional.of("%s is not asked yet: no row waits at it".formatted(rule.name()));
        }

        private boolean wasAsked() {
            boolean asked = false;
            for (var decision : run.agreements().decisions()) {
                if (decision.gate().equals(rule.name())) {
                    asked = decision.kind() != GateDecision.Kind.VOID;
                }
            }
            return asked;
        }

        private Optional<String> scopeRefusal() {
            var rows = run.rows().stream().filter(this::isInScope).toList();
            if (rows.isEmpty()) {
                return Optional.of("%s holds no such row".formatted(rule.name()));
            }
            var waiting = waiting();
            if (waiting.isEmpty()) {
                return Optional.of("no row of %s waits any more".formatted(rule.name()));
            }
            var wanted = approves() ? GateState.Phase.APPROVED : GateState.Phase.DENIED;
            var states = waiting.stream().map(this::state).toList();
            return states.stream().allMatch(state -> state.phase() == wanted)
                    ? Optional.of(states.get(0).describe(run.plan()) + " already")
                    : Optional.empty();
        }

        private GateState state(LedgerRow row) {
            return GateState.of(rule, row, run.agreements().decisions(), now);
        }

        private boolean isInScope(LedgerRow row) {
            return rule.covers(row)
                    && (control.row() == null || control.row() == row.row())
                    && (control.wave() == null || control.wave().equals(row.wave()));
        }

        /** Open rows of the request that are not launched yet. */
        private List<LedgerRow> waiting() {
            return run.openRows().stream()
                    .filter(row -> isInScope(row) && !CutoverSnapshot.isLaunching(row))
                    .toList();
        }

        private GateAnswer decide(Map<Integer, String> digests) {
            var until = approves() ? now.plus(rule.expires()) : null;
            var decision = new GateDecision(
                    run.agreements().decisions().size() + 1,
                    rule.name(),
                    approves() ? GateDecision.Kind.APPROVED : GateDecision.Kind.DENIED,
                    control.row(),
                    control.wave(),
                    now,
                    control.actor(),
                    control.requestedBy(),
                    control.comment(),
                    until,
                    rule.rowsHash(run.rows(), digests));
            var rows = Plural.of(waiting().size(), "row");
            var text = until == null
                    ? "%s denied for %s; an approver may still approve it".formatted(rule.name(), rows)
                    : "%s approved for %s, until %s"
                            .formatted(rule.name(), rows, run.plan().format(until));
            return new GateAnswer(text, decision);
        }
    }
}
