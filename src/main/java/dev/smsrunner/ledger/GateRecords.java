package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Agreements about the launches of a run.
 *
 * @param begunBy name of the operator who began the run; null in a run of an earlier version
 * @param holdUntil end of the time in which the run waits for launches by an operator; null before it starts
 * @param forbidden rows whose inventory forbids the launch; empty in a run of an earlier version
 * @param decisions questions, approvals and denials of gates, in their order
 */
public record GateRecords(
        @Nullable String begunBy, @Nullable Instant holdUntil, Set<Integer> forbidden, List<GateDecision> decisions) {

    /** Run without agreements. */
    public static final GateRecords NONE = new GateRecords(null, null, Set.of(), List.of());

    /** Copies the collections. */
    public GateRecords {
        forbidden = Set.copyOf(forbidden);
        decisions = List.copyOf(decisions);
    }
}
