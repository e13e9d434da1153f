package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.ReportRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of one server: an array in column order, since there may be thousands. */
final class ServerRow {

    /** The columns in the order of the array. */
    static final List<String> COLUMNS = List.of(
            "row",
            "line",
            "server_name",
            "wave",
            "stage",
            "outcome",
            "reason",
            "attention",
            "task_id",
            "task_state",
            "copy_state",
            "migration_cycle",
            "connected",
            "progress",
            "changed_at",
            "attempts",
            "next_at",
            "queued_at",
            "started_at",
            "replicated_at",
            "launched_at",
            "finished_at",
            "error_code",
            "error_text",
            "error_class",
            "recommended_action",
            "request_id",
            "consistency",
            "consistency_detail",
            "actual_target_id",
            "actual_region",
            "actual_project",
            "can",
            "obstacle");

    private ServerRow() {}

    static List<@Nullable Object> of(RunSnapshot snapshot, LedgerRow row) {
        var observed = row.observed();
        var milestones = row.milestones();
        var failure = row.failure();
        var obstacle = snapshot.obstacles().get(row.row());
        var consistency = row.consistency();
        var target = observed.target();
        return new ArrayList<>(Arrays.asList(
                row.row(),
                row.line(),
                row.serverName(),
                row.wave(),
                row.stage().name(),
                ReportRow.of(snapshot.run(), row).outcome().name(),
                row.reason(),
                row.attention(),
                row.taskId(),
                observed.taskState(),
                observed.copyState(),
                observed.migrationCycle(),
                observed.connected(),
                observed.progress(),
                PageJson.at(observed.changedAt()),
                row.attempts(),
                PageJson.at(row.nextAt()),
                PageJson.at(milestones.queuedAt()),
                PageJson.at(milestones.startedAt()),
                PageJson.at(milestones.replicatedAt()),
                PageJson.at(milestones.launchedAt()),
                PageJson.at(milestones.finishedAt()),
                failure == null ? null : failure.code(),
                failure == null ? null : failure.text(),
                failure == null ? null : failure.errorClass(),
                failure == null ? null : failure.recommendedAction(),
                failure == null ? null : failure.requestId(),
                consistency == null ? null : consistency.text(),
                consistency == null ? null : consistency.detail(),
                target == null ? null : target.serverId(),
                target == null ? null : target.region(),
                target == null ? null : target.project(),
                AllowedControls.onRow(snapshot, row),
                obstacle == null ? null : obstacle.line()));
    }

    /** The values by the name of their column. */
    static Map<String, @Nullable Object> toMap(RunSnapshot snapshot, LedgerRow row) {
        var values = of(snapshot, row);
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (int index = 0; index < values.size(); index++) {
            map.put(COLUMNS.get(index), values.get(index));
        }
        return map;
    }
}
