package dev.smsrunner.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the ledger: one server of one run.
 *
 * @param row number of the data row in the inventory, from 1
 * @param line first line of the row in the inventory file
 * @param serverName name as in the inventory
 * @param wave name of its wave, empty when it has none
 * @param priority priority in SMS: higher values start first
 * @param dependsOn servers that must reach their level before the launch of this target, as in the inventory
 * @param cutover window and earliest time of the launch, as in the inventory
 * @param sourceId id of the source server in SMS, null until preflight found it
 * @param reason reason of the outcome, or cause of waiting; null when there is none
 * @param taskId id of the migration task, null until there is one
 * @param observed latest observed states
 * @param attempts number of sent starts
 * @param startsBefore number of starts before the latest retry of an operator, which do not count as restarts
 * @param nextAt earliest time of the next call for the row; null means at once
 * @param attention cause for an operator's attention, null when all is as expected
 * @param call latest mutating call, null when there was none
 * @param consistency comparison of source and target, null when the row does not request one
 */
@RecordBuilder
public record LedgerRow(
        String runId,
        int row,
        int line,
        String serverName,
        String wave,
        int priority,
        List<String> dependsOn,
        RequestedCutover cutover,
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

    /** New row of the ledger. */
    public static LedgerRow planned(
            String runId,
            int row,
            int line,
            String serverName,
            String wave,
            int priority,
            List<String> dependsOn,
            Instant at) {
        return LedgerRowBuilder.builder()
                .runId(runId)
                .row(row)
                .line(line)
                .serverName(serverName)
                .wave(wave)
                .priority(priority)
                .dependsOn(List.copyOf(dependsOn))
                .cutover(RequestedCutover.NONE)
                .stage(Stage.PLANNED)
                .observed(ObservedState.NOTHING)
                .milestones(Milestones.queued(at))
                .build();
    }

    /** Sets the window and the earliest time of the launch. */
    public LedgerRow withCutover(RequestedCutover requested) {
        return edit().cutover(requested).build();
    }

    /** Whether the row has not ended. */
    public boolean isOpen() {
        return stage != Stage.CLOSED;
    }

    /** Label for messages: {@code erp-db-02 (row 17)}, with its task when it has one. */
    public String label() {
        return "%s (row %d%s)".formatted(serverName, row, taskId == null ? "" : ", task " + taskId);
    }

    /** Number of starts since the latest retry. */
    public int starts() {
        return attempts - startsBefore;
    }

    /** Whether the next call of the row has to wait. */
    public boolean isPostponed(Instant now) {
        return nextAt != null && now.isBefore(nextAt);
    }

    /** Whether the service executed the latest call. */
    public boolean hasExecutedCall() {
        return call != null && call.state().isExecuted();
    }

    /** Whether the latest call is this operation, and the service executed it. */
    public boolean hasExecuted(Operation operation) {
        return call != null && call.operation() == operation && call.state().isExecuted();
    }

    /** Whether the latest call is a launch that the service executed or may have executed. */
    public boolean hasSentLaunch() {
        return call != null && (call.isUndecided(Operation.LAUNCH) || hasExecuted(Operation.LAUNCH));
    }

    /** Whether only an observation can resolve the latest call. */
    public boolean hasUndecidedCall() {
        return call != null && call.state().isUndecided();
    }

    /** Sets the source server from preflight, and its existing task, if any. */
    public LedgerRow withSource(String source, @Nullable String existingTask) {
        return edit().sourceId(source).taskId(existingTask).build();
    }

    /** Sets the task from preflight for a row without a source server. */
    public LedgerRow withTaskOnly(String task) {
        return edit().taskId(task).build();
    }

    /** Sets the task, which waits to be started. */
    public LedgerRow withTask(String task, Instant at) {
        return moveTo(Stage.TASK_READY, at).taskId(task).nextAt(null).build();
    }

    /** Moves the row to a later stage, or, after a failure, back to {@link Stage#STARTED}. */
    public LedgerRow withStage(Stage next, Instant at) {
        return next == stage ? this : moveTo(next, at).build();
    }

    /** Ends the row. */
    public LedgerRow end(Outcome how, @Nullable String why, Instant at) {
        return moveTo(Stage.CLOSED, at)
                .outcome(how)
                .reason(why)
                .nextAt(null)
                .attention(null)
                .consistency(consistency == null ? null : consistency.atEnd())
                .build();
    }

    /**
     * Reopens an ended row for an operator. Its restarts count from 0 again, its calls do not. An executed call then counts
     * as not sent, and the time without change starts again.
     */
    public LedgerRow reopen(Stage next, Instant at) {
        if (!stage.mayReopenTo(next)) {
            throw new IllegalStateException("%s is %s and cannot be reopened as %s".formatted(label(), stage, next));
        }
        return edit().stage(next)
                .milestones(milestones.reopen())
                .observed(observed.withChangedAt(at))
                .outcome(null)
                .reason(null)
                .attention(null)
                .consistency(null)
                .failure(null)
                .startsBefore(attempts)
                .call(call == null ? null : call.reopen())
                .build();
    }

    /** Sets the observed states. */
    public LedgerRow withObserved(ObservedState observed) {
        return edit().observed(observed).build();
    }

    /** Sets the attention; null when all is as expected again. */
    public LedgerRow withAttention(@Nullable String what) {
        return edit().attention(what).build();
    }

    /** Sets the latest mutating call. */
    public LedgerRow withCall(@Nullable RowCall latest) {
        return edit().call(latest).build();
    }

    /** Counts a start. */
    public LedgerRow withAttempt() {
        return edit().attempts(attempts + 1).build();
    }

    /** Sets the failure; null clears it. */
    public LedgerRow withFailure(@Nullable Failure why) {
        return edit().failure(why).build();
    }

    /** Sets the comparison of source and target; null when the row does not request one. */
    public LedgerRow withConsistency(@Nullable Consistency found) {
        return edit().consistency(found).build();
    }

    /** Allows the next call at once, and clears the reason for the delay. */
    public LedgerRow clearSchedule() {
        return notBefore(null, null);
    }

    /** Sets the earliest time of the next call. */
    public LedgerRow notBefore(@Nullable Instant when, @Nullable String why) {
        return edit().nextAt(when).reason(why).build();
    }

    /** Plans the row again from the changed inventory; its calls are kept. */
    public LedgerRow replan(LedgerRow as) {
        return LedgerRowBuilder.builder(reorder(as))
                .serverName(as.serverName)
                .sourceId(null)
                .stage(Stage.PLANNED)
                .outcome(null)
                .reason(null)
                .taskId(null)
                .attention(null)
                .nextAt(null)
                .failure(null)
                .consistency(null)
                .build();
    }

    /** Keeps the state of the row, with the order of the changed inventory. */
    public LedgerRow reorder(LedgerRow as) {
        return edit().wave(as.wave)
                .priority(as.priority)
                .dependsOn(as.dependsOn)
                .cutover(as.cutover)
                .build();
    }

    private LedgerRowBuilder moveTo(Stage next, Instant at) {
        if (!stage.mayBecome(next)) {
            throw new IllegalStateException("%s is %s and cannot become %s".formatted(label(), stage, next));
        }
        return edit().stage(next).milestones(milestones.withStage(next, at));
    }

    private LedgerRowBuilder edit() {
        return LedgerRowBuilder.builder(this);
    }
}
