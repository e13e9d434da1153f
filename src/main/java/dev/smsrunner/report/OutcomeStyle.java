package dev.smsrunner.report;

import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;

/** Style classes and signs of outcomes and stages. Colour is never the only mark. */
final class OutcomeStyle {

    /** Style classes of the stages, in the order in which a row reaches them. */
    static final List<String> STAGES = List.of("queued", "started", "copying", "syncing", "launching");

    private OutcomeStyle() {}

    /** The style class of an open stage. */
    static String of(Stage stage) {
        return switch (stage) {
            case PLANNED, TASK_READY -> "queued";
            case STARTED -> "started";
            case REPLICATING -> "copying";
            case SYNCING -> "syncing";
            case LAUNCHING -> "launching";
            case CLOSED -> throw new IllegalArgumentException("CLOSED has no stage style");
        };
    }

    /** The style class of an outcome. */
    static String of(Outcome outcome) {
        return switch (outcome) {
            case MIGRATED, SYNCED, DONE -> "good";
            case SKIPPED -> "none";
            case FAILED -> "bad";
            case REJECTED, NOT_LAUNCHED -> "refused";
            case STOPPED, WAITING -> "open";
        };
    }

    /** The sign of an outcome. */
    static String sign(Outcome outcome) {
        return switch (outcome) {
            case MIGRATED, SYNCED, DONE -> "✓";
            case SKIPPED -> "–";
            case FAILED -> "✕";
            case REJECTED -> "⊘";
            case NOT_LAUNCHED -> "◌";
            case STOPPED -> "■";
            case WAITING -> "…";
        };
    }

    /** Writes an outcome with its sign. */
    static void badge(Html html, Outcome outcome) {
        html.open("span", "class", "badge " + of(outcome));
        html.element("span", sign(outcome), "aria-hidden", "true")
                .text(" " + outcome.name())
                .close();
    }
}
