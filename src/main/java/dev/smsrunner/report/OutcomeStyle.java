package dev.smsrunner.report;

import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;

/** How outcomes and stages look in a page: never by colour alone, a sign or a word is with it. */
final class OutcomeStyle {

    /** Classes of the style sheet that stages are painted in, in the order in which a row passes through them. */
    static final List<String> STAGES = List.of("queued", "started", "copying", "syncing", "launching");

    private OutcomeStyle() {}

    /** The class of the style sheet for a stage; one that is not closed. */
    static String of(Stage stage) {
        return switch (stage) {
            case PLANNED, TASK_READY -> "queued";
            case STARTED -> "started";
            case REPLICATING -> "copying";
            case SYNCING -> "syncing";
            case LAUNCHING -> "launching";
            case CLOSED -> throw new IllegalArgumentException("a closed row is at no stage");
        };
    }

    /** The class of the style sheet for an outcome. */
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

    /** An outcome as it stands in a line. */
    static void badge(Html html, Outcome outcome) {
        html.open("span", "class", "badge " + of(outcome));
        html.element("span", sign(outcome), "aria-hidden", "true")
                .text(" " + outcome.name())
                .close();
    }
}
