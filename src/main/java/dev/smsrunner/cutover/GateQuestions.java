package dev.smsrunner.cutover;

import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decisions of the runner about gates: questions to the approvers, and answers that lost their effect; pure.
 *
 * @param digests digest of each inventory row by row number
 */
public record GateQuestions(CutoverSnapshot run, Map<Integer, String> digests, Instant now) {

    /** Questions of the gates at which one of the rows waits first. */
    public List<GateDecision> toAsk(Collection<LedgerRow> waiting) {
        var gates = new LaunchGates(run, now);
        var rules = new LinkedHashSet<GateRule>();
        waiting.forEach(row -> rules.addAll(gates.findUnasked(row)));
        var questions = new ArrayList<GateDecision>();
        for (var rule : rules) {
            questions.add(decision(questions, rule, GateDecision.Kind.ASKED, now.plus(rule.expires())));
        }
        return questions;
    }

    /** Gates with decisions about other rows than those of now: the inventory or the waves of the gate changed. */
    public List<GateDecision> toVoid() {
        var voided = new ArrayList<GateDecision>();
        for (var rule : run.plan().gates()) {
            var hash = rule.rowsHash(run.rows(), digests);
            boolean changed = sinceVoid(rule.name()).stream()
                    .anyMatch(decision -> !decision.rowsHash().equals(hash));
            if (changed) {
                voided.add(decision(voided, rule, GateDecision.Kind.VOID, null));
            }
        }
        return voided;
    }

    /** Decisions about the gate that have an effect. */
    private List<GateDecision> sinceVoid(String gate) {
        var decisions = new ArrayList<GateDecision>();
        for (var decision : run.agreements().decisions()) {
            if (decision.gate().equals(gate)) {
                decisions.add(decision);
                if (decision.kind() == GateDecision.Kind.VOID) {
                    decisions.clear();
                }
            }
        }
        return decisions;
    }

    private GateDecision decision(
            List<GateDecision> before, GateRule rule, GateDecision.Kind kind, @Nullable Instant expiresAt) {
        return new GateDecision(
                run.agreements().decisions().size() + before.size() + 1,
                rule.name(),
                kind,
                null,
                null,
                now,
                null,
                null,
                null,
                expiresAt,
                rule.rowsHash(run.rows(), digests));
    }
}
