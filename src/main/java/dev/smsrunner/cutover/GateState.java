package dev.smsrunner.cutover;

import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * State of a gate for one row; pure.
 *
 * @param latest latest decision about the row; null before the question
 */
public record GateState(
        GateRule rule, Phase phase, @Nullable GateDecision latest) {

    /** Phases of a gate. */
    public enum Phase {
        /** No row waits at the gate yet, or its rows changed. */
        UNASKED,
        /** The runner has asked the approvers. */
        ASKED,
        /** An approval is in effect. */
        APPROVED,
        /** An approver denied it. */
        DENIED,
        /** The approval, or the time to answer, is over. */
        EXPIRED
    }

    /**
     * State for the row.
     *
     * @param decisions decisions of the run, in order
     */
    static GateState of(GateRule rule, LedgerRow row, List<GateDecision> decisions, Instant now) {
        GateDecision latest = null;
        for (var decision : decisions) {
            if (decision.gate().equals(rule.name()) && decision.isAbout(row)) {
                latest = decision.kind() == GateDecision.Kind.VOID ? null : decision;
            }
        }
        return new GateState(rule, phase(latest, now), latest);
    }

    private static Phase phase(@Nullable GateDecision latest, Instant now) {
        if (latest == null) {
            return Phase.UNASKED;
        }
        if (latest.kind() == GateDecision.Kind.DENIED) {
            return Phase.DENIED;
        }
        var until = latest.expiresAt();
        if (until != null && !now.isBefore(until)) {
            return Phase.EXPIRED;
        }
        return latest.kind() == GateDecision.Kind.APPROVED ? Phase.APPROVED : Phase.ASKED;
    }

    /** Whether the row may pass. */
    public boolean isOpen() {
        return phase == Phase.APPROVED;
    }

    /** Whether only a new approval lets the row pass. */
    public boolean isFinal() {
        return phase == Phase.DENIED || phase == Phase.EXPIRED;
    }

    /** Name and state in one clause, for example {@code go-wave-2 denied by ana 2026-12-01 22:31 +08:00}. */
    String describe(CutoverPlan plan) {
        if (latest == null) {
            return "%s not approved (the runner asks %s at the next poll)".formatted(rule.name(), rule.approverNames());
        }
        var at = plan.format(latest.at());
        return switch (phase) {
            case UNASKED, ASKED -> "%s not approved (asked %s of %s)".formatted(rule.name(), at, rule.approverNames());
            case APPROVED -> "%s approved by %s %s".formatted(rule.name(), latest.actor(), at);
            case DENIED -> "%s denied by %s %s%s".formatted(rule.name(), latest.actor(), at, comment(latest));
            case EXPIRED -> "%s expired %s, %s".formatted(rule.name(), plan.format(end(latest)), ended(latest, at));
        };
    }

    private String ended(GateDecision decision, String at) {
        return decision.kind() == GateDecision.Kind.APPROVED
                ? "approved by %s %s".formatted(decision.actor(), at)
                : "no answer of %s".formatted(rule.approverNames());
    }

    private static Instant end(GateDecision decision) {
        return Objects.requireNonNull(decision.expiresAt());
    }

    private static String comment(GateDecision decision) {
        return decision.comment() == null ? "" : ": " + decision.comment();
    }
}
