package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.ReportRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One server as the page shows it: an array in the order of the columns, since there may be thousands. */
final class ServerRow {

    /** What each place of the array is. */
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

    static List<@Nullable Object> of(RunSnapshot picture, LedgerRow row) {
        var seen = row.seen();
        var done = row.milestones();
        var why = row.failure();
        var obstacle = picture.obstacles().get(row.row());
        var compared = row.consistency();
        var target = seen.target();
        return new ArrayList<>(Arrays.asList(
                row.row(),
                row.line(),
                row.serverName(),
                row.wave(),
                row.stage().name(),
                ReportRow.of(picture.run(), row).outcome().name(),
                row.reason(),
                row.attention(),
                row.taskId(),
                seen.taskState(),
                seen.copyState(),
                seen.migrationCycle(),
                seen.connected(),
                seen.progress(),
                PageJson.at(seen.changedAt()),
                row.attempts(),
                PageJson.at(row.nextAt()),
                PageJson.at(done.queuedAt()),
                PageJson.at(done.startedAt()),
                PageJson.at(done.replicatedAt()),
                PageJson.at(done.launchedAt()),
                PageJson.at(done.finishedAt()),
                why == null ? null : why.code(),
                why == null ? null : why.text(),
                why == null ? null : why.errorClass(),
                why == null ? null : why.recommendedAction(),
                why == null ? null : why.requestId(),
                compared == null ? null : compared.text(),
                compared == null ? null : compared.detail(),
                target == null ? null : target.serverId(),
                target == null ? null : target.region(),
                target == null ? null : target.project(),
                AllowedControls.onRow(picture, row),
                obstacle == null ? null : obstacle.line()));
    }

    /** The same with the name of each value. */
    static Map<String, @Nullable Object> named(RunSnapshot picture, LedgerRow row) {
        var values = of(picture, row);
        var named = new LinkedHashMap<String, @Nullable Object>();
        for (int place = 0; place < values.size(); place++) {
            named.put(COLUMNS.get(place), values.get(place));
        }
        return named;
    }
}
