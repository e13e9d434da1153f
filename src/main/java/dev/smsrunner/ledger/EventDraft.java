package dev.smsrunner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Event that is about to be written.
 *
 * @param row number of the row, null when it concerns the run
 */
public record EventDraft(
        EventKind kind,
        @Nullable Integer row,
        @Nullable String before,
        @Nullable String after,
        @Nullable String detail,
        @Nullable String requestId) {

    /** Marks that a forced launch overrides nothing any more. */
    static final String NOTHING_OVERRIDDEN = "NONE";

    /** Event about the run. */
    public static EventDraft ofRun(String after, @Nullable String detail) {
        return new EventDraft(EventKind.RUN, null, null, after, detail, null);
    }

    /**
     * Event about a cutover window.
     *
     * @param window its name; empty for the one window without a name
     * @param edge {@code WINDOW_OPEN}, {@code LAST_CALL} or {@code WINDOW_CLOSED}
     */
    public static EventDraft ofWindow(String window, String edge, String detail) {
        return new EventDraft(EventKind.WINDOW, null, window.isEmpty() ? null : window, edge, detail, null);
    }

    /** Event about one row. */
    public static EventDraft ofRow(
            LedgerRow row, EventKind kind, @Nullable String before, @Nullable String after, @Nullable String detail) {
        return new EventDraft(kind, row.row(), before, after, detail, null);
    }

    /** Event about the next stage of a row. */
    public static EventDraft ofStage(LedgerRow row, Stage next, @Nullable String detail) {
        return ofRow(row, EventKind.STAGE, row.stage().name(), next.name(), detail);
    }

    /** Event about the end of a row. */
    public static EventDraft ofEnd(LedgerRow row, Outcome outcome, String reason) {
        return ofStage(row, Stage.CLOSED, outcome + ": " + reason);
    }

    /** Warning about a row. */
    public static EventDraft ofWarning(LedgerRow row, String text) {
        return ofRow(row, EventKind.FINDING, null, "WARNING", text);
    }

    /** Event about an answered control. */
    public static EventDraft ofControl(Control control, Control.State state, String answer) {
        var detail = "asked by %s at %s: %s".formatted(control.requestedBy(), control.requestedAt(), answer);
        return new EventDraft(EventKind.CONTROL, control.row(), control.action().name(), state.name(), detail, null);
    }

    /**
     * Event about the obstacles that a forced launch overrides.
     *
     * @param what operator and overridden obstacles; stored in {@link ActiveControls#overridden()}
     */
    public static EventDraft ofForcedLaunch(LedgerRow row, String what) {
        return ofRow(row, EventKind.FINDING, ControlAction.LAUNCH_FORCED.name(), "WARNING", what);
    }

    /** Event that the forced launch of a row overrides nothing any more. */
    public static EventDraft ofForcedLaunchInTurn(LedgerRow row) {
        return ofRow(
                row,
                EventKind.FINDING,
                ControlAction.LAUNCH_FORCED.name(),
                NOTHING_OVERRIDDEN,
                "nothing held the launch any more when it was sent");
    }

    /** Event about a decision of a gate. */
    static EventDraft ofGate(GateDecision decision) {
        var about = decision.row() != null
                ? "row " + decision.row()
                : decision.wave() == null ? "all its rows" : "wave " + decision.wave();
        var by = decision.decidedBy() == null ? "" : "by " + decision.decidedBy() + " ";
        var until = decision.expiresAt() == null ? "" : ", until " + decision.expiresAt();
        var comment = decision.comment() == null ? "" : ": " + decision.comment();
        return new EventDraft(
                EventKind.GATE,
                null,
                decision.gate(),
                decision.kind().name(),
                by + "for " + about + until + comment,
                null);
    }

    /** Event about a mutating call of one row. */
    public static EventDraft ofCall(LedgerRow row, Intent intent) {
        return new EventDraft(
                EventKind.CALL,
                row.row(),
                intent.operation().name(),
                intent.state().name(),
                intent.detail() == null
                        ? "attempt " + intent.attempt()
                        : "attempt " + intent.attempt() + ": " + intent.detail(),
                intent.requestId());
    }
}
