package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger: one server of one run.
 *
 * @param row number of the data row in the inventory, from 1
 * @param line line of the inventory file where the row begins
 * @param serverName as the inventory writes it
 * @param wave name of its wave, empty when it has none
 * @param priority as SMS counts it: the higher starts first
 * @param dependsOn servers that must have reached their level before the target of this one is launched, as the inventory has them
 * @param sourceId id of the source server in SMS, null until preflight found it
 * @param reason why it ended as it did, or what it waits for; null when there is nothing to say
 * @param taskId id of the migration task, null until there is one
 * @param attempts how often a start was sent
 * @param startsBefore how many of them came before the latest retry of an operator, which do not count against the restarts
 * @param nextAt not before this instant anything is sent for the row; null means at once
 * @param attention what a person should look at, null when all is as expected
 * @param call the latest mutating call, null when there was none
 * @param consistency what the comparison of source and target found, null when the row does not ask for it
 */
public record LedgerRow(
        String runId,
        int row,
        int line,
        String serverName,
        String wave,
        int priority,
        List<String> dependsOn,
        @Nullable String sourceId,
        Stage stage,
        @Nullable Outcome outcome,
        @Nullable String reason,
        @Nullable String taskId,
        ObservedState observed,
        @Nullable String attention,
        int attempts,
        int startsBefore,
        @Nullable Instant nextAt,
        @Nullable RowCall call,
        Milestones milestones,
        @Nullable Failure failure,
        @Nullable Consistency consistency) {

    /** A row without starts before a retry. */
    public LedgerRow(
            String runId,
            int row,
            int line,
            String serverName,
            String wave,
            int priority,
            List<String> dependsOn,
            @Nullable String sourceId,
            Stage stage,
            @Nullable Outcome outcome,
            @Nullable String reason,
            @Nullable String taskId,
            ObservedState observed,
            @Nullable String attention,
            int attempts,
            @Nullable Instant nextAt,
            @Nullable RowCall call,
            Milestones milestones,
            @Nullable Failure failure,
            @Nullable Consistency consistency) {
        this(
                runId,
                row,
                line,
                serverName,
                wave,
                priority,
                dependsOn,
                sourceId,
                stage,
                outcome,
                reason,
                taskId,
                observed,
                attention,
                attempts,
                0,
                nextAt,
                call,
                milestones,
                failure,
                consistency);
    }

    /** A row that just entered the ledger. */
    public static LedgerRow planned(
            String runId,
            int row,
            int line,
            String serverName,
            String wave,
            int priority,
            List<String> dependsOn,
            Instant at) {
        return new LedgerRow(
                runId,
                row,
                line,
                serverName,
                wave,
                priority,
                List.copyOf(dependsOn),
                null,
                Stage.PLANNED,
                null,
                null,
                null,
                ObservedState.NOTHING,
                null,
                0,
                null,
                null,
                Milestones.queued(at),
                null,
                null);
    }

    /** Whether work on the row goes on. */
    public boolean isOpen() {
        return stage != Stage.CLOSED;
    }

    /** The row in a message: {@code erp-db-02 (row 17)}, with its task when it has one. */
    public String label() {
        return "%s (row %d%s)".formatted(serverName, row, taskId == null ? "" : ", task " + taskId);
    }

    /** How often a start was sent since the latest retry. */
    public int starts() {
        return attempts - startsBefore;
    }

    /** Whether only an observation can tell if its latest call was executed. */
    public boolean hasUndecidedCall() {
        return call != null && call.state().isUndecided();
    }

    /** The source server that preflight found for the row, and the task that it has already, if any. */
    public LedgerRow withSource(String source, @Nullable String existingTask) {
        return edit().sourceId(source).taskId(existingTask).build();
    }

    /** The task that preflight found for a row that is about no source server. */
    public LedgerRow withTaskOnly(String task) {
        return edit().taskId(task).build();
    }

    /** A task is known for the row and waits to be started. */
    public LedgerRow withTask(String task, Instant at) {
        return edit().taskId(task).nextAt(null).stage(to(Stage.TASK_READY), at).build();
    }

    /** The row moved on, or, after a failure, back to {@link Stage#STARTED}. */
    public LedgerRow withStage(Stage next, Instant at) {
        return next == stage ? this : edit().stage(to(next), at).build();
    }

    /** The row ended. */
    public LedgerRow end(Outcome how, @Nullable String why, Instant at) {
        return edit().stage(to(Stage.CLOSED), at)
                .outcome(how)
                .reason(why)
                .nextAt(null)
                .attention(null)
                .consistency(consistency == null ? null : consistency.atEnd())
                .build();
    }

    /**
     * The closed row goes on, since a person wants it: its restarts are counted anew, its calls are not, and a call that was
     * carried out counts as not sent for what comes. How long it stood still before does not count either.
     */
    public LedgerRow reopen(Stage next, Instant at) {
        if (!stage.mayReopenTo(next)) {
            throw new IllegalStateException("%s is %s and cannot go on as %s".formatted(label(), stage, next));
        }
        boolean isResolved = call != null && !call.state().isUndecided();
        return edit().reopen(next)
                .observed(observed.withChangedAt(at))
                .outcome(null)
                .reason(null)
                .attention(null)
                .consistency(null)
                .failure(null)
                .startsBefore(attempts)
                .call(isResolved ? call.withState(CallState.NOT_SENT, call.at()) : call)
                .build();
    }

    /** What the service says now. */
    public LedgerRow withObserved(ObservedState now) {
        return edit().observed(now).build();
    }

    /** What a person should look at, or null when all is as expected again. */
    public LedgerRow withAttention(@Nullable String what) {
        return edit().attention(what).build();
    }

    /** Why it ended as it did, or what it waits for; null when there is nothing to say. */
    public LedgerRow withReason(@Nullable String why) {
        return edit().reason(why).build();
    }

    /** What is known of the row's latest mutating call. */
    public LedgerRow withCall(@Nullable RowCall latest) {
        return edit().call(latest).build();
    }

    /** One more start was sent. */
    public LedgerRow withAttempt() {
        return edit().attempts(attempts + 1).build();
    }

    /** Why it failed last; null forgets it. */
    public LedgerRow withFailure(@Nullable Failure why) {
        return edit().failure(why).build();
    }

    /** What is known of the comparison of source and target; null when the row does not ask for it. */
    public LedgerRow withConsistency(@Nullable Consistency found) {
        return edit().consistency(found).build();
    }

    /** Nothing is sent for the row before the instant. */
    public LedgerRow notBefore(@Nullable Instant when, @Nullable String why) {
        return edit().nextAt(when).reason(why).build();
    }

    /** Back at its beginning, as the changed inventory has it, but for the calls that were made for it. */
    public LedgerRow replan(LedgerRow as) {
        return new LedgerRow(
                runId,
                row,
                line,
                as.serverName,
                as.wave,
                as.priority,
                as.dependsOn,
                null,
                Stage.PLANNED,
                null,
                null,
                null,
                observed,
                null,
                attempts,
                startsBefore,
                null,
                call,
                milestones,
                null,
                null);
    }

    /** Where it is, in the order that the changed inventory gives it. */
    public LedgerRow reorder(LedgerRow as) {
        return new LedgerRow(
                runId,
                row,
                line,
                serverName,
                as.wave,
                as.priority,
                as.dependsOn,
                sourceId,
                stage,
                outcome,
                reason,
                taskId,
                observed,
                attention,
                attempts,
                startsBefore,
                nextAt,
                call,
                milestones,
                failure,
                consistency);
    }

    private Stage to(Stage next) {
        if (!stage.mayBecome(next)) {
            throw new IllegalStateException("%s is %s and cannot become %s".formatted(label(), stage, next));
        }
        return next;
    }

    private LedgerRowBuilder edit() {
        return new LedgerRowBuilder(this);
    }
}
