package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.ActualTarget;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.ReportRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON of one server: an array in column order, since there may be thousands. */
final class ServerRow {

    private static final List<Column> VALUES = List.of(
            column("row", LedgerRow::row),
            column("line", LedgerRow::line),
            column("server_name", LedgerRow::serverName),
            column("wave", LedgerRow::wave),
            column("stage", row -> row.stage().name()),
            new Column(
                    "outcome",
                    (snapshot, row) ->
                            ReportRow.of(snapshot.run(), row).outcome().name()),
            column("reason", LedgerRow::reason),
            column("attention", LedgerRow::attention),
            column("task_id", LedgerRow::taskId),
            column("task_state", row -> row.observed().taskState()),
            column("copy_state", row -> row.observed().copyState()),
            column("migration_cycle", row -> row.observed().migrationCycle()),
            column("connected", row -> row.observed().connected()),
            column("progress", row -> row.observed().progress()),
            column("changed_at", row -> PageJson.at(row.observed().changedAt())),
            column("attempts", LedgerRow::attempts),
            column("next_at", row -> PageJson.at(row.nextAt())),
            column("queued_at", row -> PageJson.at(row.milestones().queuedAt())),
            column("started_at", row -> PageJson.at(row.milestones().startedAt())),
            column("replicated_at", row -> PageJson.at(row.milestones().replicatedAt())),
            column("launched_at", row -> PageJson.at(row.milestones().launchedAt())),
            column("finished_at", row -> PageJson.at(row.milestones().finishedAt())),
            column("error_code", row -> of(row.failure(), Failure::code)),
            column("error_text", row -> of(row.failure(), Failure::text)),
            column("error_class", row -> of(row.failure(), Failure::errorClass)),
            column("recommended_action", row -> of(row.failure(), Failure::recommendedAction)),
            column("request_id", row -> of(row.failure(), Failure::requestId)),
            column("consistency", row -> of(row.consistency(), Consistency::text)),
            column("consistency_detail", row -> of(row.consistency(), Consistency::detail)),
            column("actual_target_id", row -> of(row.observed().target(), ActualTarget::serverId)),
            column("actual_region", row -> of(row.observed().target(), ActualTarget::region)),
            column("actual_project", row -> of(row.observed().target(), ActualTarget::project)),
            new Column("can", AllowedControls::onRow),
            new Column("obstacle", (snapshot, row) -> of(snapshot.obstacles().get(row.row()), Obstacle::line)));

    /** The names of the columns in the order of the array. */
    static final List<String> COLUMNS = VALUES.stream().map(Column::name).toList();

    private record Column(String name, BiFunction<RunSnapshot, LedgerRow, @Nullable Object> value) {}

    private ServerRow() {}

    private static Column column(String name, Function<LedgerRow, @Nullable Object> value) {
        return new Column(name, (snapshot, row) -> value.apply(row));
    }

    private static <T> @Nullable Object of(@Nullable T part, Function<T, @Nullable Object> value) {
        return part == null ? null : value.apply(part);
    }

    static List<@Nullable Object> of(RunSnapshot snapshot, LedgerRow row) {
        return new ArrayList<>(toMap(snapshot, row).values());
    }

    /** The values by the name of their column. */
    static Map<String, @Nullable Object> toMap(RunSnapshot snapshot, LedgerRow row) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        VALUES.forEach(column -> map.put(column.name(), column.value().apply(snapshot, row)));
        return map;
    }
}
