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
 * What a report says of one server.
 *
 * @param outcome that of the row, or how it is counted while it is open
 * @param obstacle what an open row waits for; null when it is closed, or when nobody asked
 */
public record ReportRow(
        LedgerRow row, Outcome outcome, @Nullable Obstacle obstacle) {

    /** The same without what it waits for. */
    public ReportRow(LedgerRow row, Outcome outcome) {
        this(row, outcome, null);
    }

    /** The columns that a report adds to those of the inventory, in their order; {@link ReportData#ADDED} come after them. */
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

    /** The row of a run as it stands. */
    public static ReportRow of(Run run, LedgerRow row) {
        return new ReportRow(row, row.outcome() != null ? row.outcome() : ofOpen(run));
    }

    /** The row with what it waits for. */
    static ReportRow of(Run run, LedgerRow row, @Nullable Obstacle obstacle) {
        return new ReportRow(row, of(run, row).outcome(), obstacle);
    }

    /** How an open row counts: STOPPED where a person ended the run, WAITING otherwise. */
    static Outcome ofOpen(Run run) {
        return run.state() == RunState.STOPPED && run.stopRequestedAt() != null ? Outcome.STOPPED : Outcome.WAITING;
    }

    /** Why it ended so, what it waits for, or what a person should look at; null when there is nothing to say. */
    public @Nullable String reason() {
        if (obstacle != null) {
            boolean nothing = obstacle.kind() == Obstacle.Kind.NEXT && outcome == Outcome.STOPPED;
            return nothing ? "the run was stopped before its next look" : obstacle.line();
        }
        return row.reason() != null ? row.reason() : row.attention();
    }

    /**
     * From its start, or from when it was queued if it never started, to its end; null while it is open. A clock that was set
     * back meanwhile makes it zero.
     */
    public @Nullable Duration duration() {
        var done = row.milestones();
        var from = done.startedAt() != null ? done.startedAt() : done.queuedAt();
        if (from == null || done.finishedAt() == null) {
            return null;
        }
        var took = Duration.between(
                from.truncatedTo(ChronoUnit.SECONDS), done.finishedAt().truncatedTo(ChronoUnit.SECONDS));
        return took.isNegative() ? Duration.ZERO : took;
    }

    /** Whether a rerun repeats it: it failed, was refused, or is not done. */
    public boolean toRepeat() {
        return !outcome.success();
    }

    /** The values of {@link #COLUMNS}, in their order: texts, numbers, null where there is nothing; the map is the caller's. */
    public Map<String, @Nullable Object> values() {
        var seen = row.seen();
        var done = row.milestones();
        var duration = duration();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("run_id", row.runId());
        values.put("outcome", outcome.name());
        values.put("reason", reason());
        values.put("stage", row.stage().name());
        values.put("task_id", row.taskId());
        values.put("task_state", seen.taskState());
        values.put("copy_state", seen.copyState());
        values.put("migration_cycle", seen.migrationCycle());
        values.put("attempts", row.attempts());
        values.put("queued_at", ReportFormats.seconds(done.queuedAt()));
        values.put("started_at", ReportFormats.seconds(done.startedAt()));
        values.put("replicated_at", ReportFormats.seconds(done.replicatedAt()));
        values.put("launched_at", ReportFormats.seconds(done.launchedAt()));
        values.put("finished_at", ReportFormats.seconds(done.finishedAt()));
        values.put("duration_s", duration == null ? null : duration.toSeconds());
        values.put("error_code", ofFailure(Failure::code));
        values.put("error_text", ofFailure(Failure::text));
        values.put("error_class", ofFailure(Failure::errorClass));
        values.put("recommended_action", ofFailure(Failure::recommendedAction));
        values.put("request_id", ofFailure(Failure::requestId));
        return values;
    }

    /** As {@code status --json} shows it: who it is, the {@linkplain #values() values}, and what only matters meanwhile. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("row", row.row());
        json.put("line", row.line());
        json.put("server_name", row.serverName());
        json.put("wave_name", row.wave());
        json.put("source_server_id", row.sourceId());
        json.putAll(values());
        json.put("connected", row.seen().connected());
        json.put("progress", row.seen().progress());
        json.put("attention", row.attention());
        json.put("obstacle", obstacle == null ? null : obstacle.toJson());
        json.put("next_at", ReportFormats.seconds(row.nextAt()));
        json.putAll(compared());
        json.putAll(actual());
        return json;
    }

    /** What the comparison of source and target found; both null when the row does not ask for it. */
    Map<String, @Nullable Object> compared() {
        var found = row.consistency();
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("consistency", found == null ? null : found.text());
        values.put("consistency_detail", found == null ? null : found.detail());
        return values;
    }

    /** Where its task led when it was seen last; each null where the service did not show it. */
    Map<String, @Nullable Object> actual() {
        var target = row.seen().target();
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
