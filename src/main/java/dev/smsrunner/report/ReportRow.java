package dev.smsrunner.report;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Report view of one server.
 *
 * @param outcome outcome of the row; for an open row, the outcome it counts as
 * @param obstacle obstacle of an open row; null for an ended row, or if not derived
 */
public record ReportRow(
        LedgerRow row, Outcome outcome, @Nullable Obstacle obstacle) {

    /** A row without obstacle. */
    public ReportRow(LedgerRow row, Outcome outcome) {
        this(row, outcome, null);
    }

    /** Result columns of a report in order; {@link ReportData#EXTRA_COLUMNS} follow them. */
    public static final List<String> COLUMNS = List.of(
            "run_id",
            "outcome",
            "reason",
            "stage",
            "task_id",
            "task_state",
            "copy_state",
            "migration_cycle",
            "attempts",
            "queued_at",
            "started_at",
            "replicated_at",
            "launched_at",
            "finished_at",
            "duration_s",
            "error_code",
            "error_text",
            "error_class",
            "recommended_action",
            "request_id");

    /** The current row of a run. */
    public static ReportRow of(Run run, LedgerRow row) {
        return new ReportRow(row, row.outcome() != null ? row.outcome() : openOutcome(run));
    }

    /** The current row of a run with its obstacle. */
    static ReportRow of(Run run, LedgerRow row, @Nullable Obstacle obstacle) {
        return new ReportRow(row, of(run, row).outcome(), obstacle);
    }

    /** Outcome that an open row counts as: STOPPED if an operator stopped the run, WAITING otherwise. */
    static Outcome openOutcome(Run run) {
        return run.state() == RunState.STOPPED && run.stopRequestedAt() != null ? Outcome.STOPPED : Outcome.WAITING;
    }

    /** The reason of the outcome, the obstacle, or the attention text; null for none. */
    public @Nullable String reason() {
        if (obstacle != null) {
            boolean stopped = obstacle.kind() == Obstacle.Kind.NEXT && outcome == Outcome.STOPPED;
            return stopped ? "the run was stopped before its next poll" : obstacle.line();
        }
        return row.reason() != null ? row.reason() : row.attention();
    }

    /**
     * Duration from the start (or from queueing, without a start) to the end; null while the row is open. It is zero if the
     * clock was set back meanwhile.
     */
    public @Nullable Duration duration() {
        var milestones = row.milestones();
        var from = milestones.startedAt() != null ? milestones.startedAt() : milestones.queuedAt();
        if (from == null || milestones.finishedAt() == null) {
            return null;
        }
        var took = Duration.between(
                from.truncatedTo(ChronoUnit.SECONDS), milestones.finishedAt().truncatedTo(ChronoUnit.SECONDS));
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** Whether a rerun repeats the row: it failed, was rejected, or is open. */
    public boolean needsRerun() {
        return !outcome.isSuccess();
    }

    /** The values of {@link #COLUMNS} in order: texts, numbers or null. The caller may modify the map. */
    public Map<String, @Nullable Object> values() {
        var observed = row.observed();
        var milestones = row.milestones();
        var duration = duration();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("run_id", row.runId());
        values.put("outcome", outcome.name());
        values.put("reason", reason());
        values.put("stage", row.stage().name());
        values.put("task_id", row.taskId());
        values.put("task_state", observed.taskState());
        values.put("copy_state", observed.copyState());
        values.put("migration_cycle", observed.migrationCycle());
        values.put("attempts", row.attempts());
        values.put("queued_at", ReportFormats.seconds(milestones.queuedAt()));
        values.put("started_at", ReportFormats.seconds(milestones.startedAt()));
        values.put("replicated_at", ReportFormats.seconds(milestones.replicatedAt()));
        values.put("launched_at", ReportFormats.seconds(milestones.launchedAt()));
        values.put("finished_at", ReportFormats.seconds(milestones.finishedAt()));
        values.put("duration_s", duration == null ? null : duration.toSeconds());
        values.put("error_code", ofFailure(Failure::code));
        values.put("error_text", ofFailure(Failure::text));
        values.put("error_class", ofFailure(Failure::errorClass));
        values.put("recommended_action", ofFailure(Failure::recommendedAction));
        values.put("request_id", ofFailure(Failure::requestId));
        return values;
    }

    /** The JSON of {@code status --json}: identity, {@linkplain #values() values} and current progress. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("row", row.row());
        json.put("line", row.line());
        json.put("server_name", row.serverName());
        json.put("wave_name", row.wave());
        json.put("source_server_id", row.sourceId());
        json.putAll(values());
        json.put("connected", row.observed().connected());
        json.put("progress", row.observed().progress());
        json.put("attention", row.attention());
        json.put("obstacle", obstacle == null ? null : obstacle.toJson());
        json.put("next_at", ReportFormats.seconds(row.nextAt()));
        json.putAll(consistencyValues());
        json.putAll(targetValues());
        return json;
    }

    /** Result of the consistency check; both values are null if the row does not request one. */
    Map<String, @Nullable Object> consistencyValues() {
        var consistency = row.consistency();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("consistency", consistency == null ? null : consistency.text());
        values.put("consistency_detail", consistency == null ? null : consistency.detail());
        return values;
    }

    /** The target of the task when last observed; null for each value that the service did not return. */
    Map<String, @Nullable Object> targetValues() {
        var target = row.observed().target();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("actual_target_id", target == null ? null : target.serverId());
        values.put("actual_region", target == null ? null : target.region());
        values.put("actual_project", target == null ? null : target.project());
        return values;
    }

    private @Nullable String ofFailure(Function<Failure, @Nullable String> value) {
        return row.failure() == null ? null : value.apply(row.failure());
    }
}
