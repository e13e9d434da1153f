package dev.smsrunner.inventory;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Columns that order, limit or forbid the work on a row. The runner reads such a column or refuses it. */
public final class RestrictiveColumns {

    private static final Set<Column> COLUMNS = EnumSet.of(
            Column.WAVE_NAME,
            Column.PRIORITY,
            Column.DEPENDS_ON,
            Column.SPEED_LIMIT_MBIT,
            Column.SPEED_LIMIT_RULES,
            Column.OVER_SPEED_THRESHOLD,
            Column.OK_TO_MIGRATE,
            Column.OK_TO_CUTOVER,
            Column.CUTOVER_WINDOW,
            Column.CUTOVER_AT);

    private RestrictiveColumns() {}

    /** Kinds of columns of other tools that the runner does not read for a single row. */
    public enum Kind {
        TIME(
                "sets a time for the row, which the runner does not read",
                "write cutover_window or cutover_at, or set waves.<name>.start in the job file",
                List.of("cutover", "plannedcutover", "scheduledcutover", "freezeperiod", "wartungsfenster"),
                List.of(
                        "cutover_start",
                        "maintenance_window",
                        "change_window",
                        "migration_window",
                        "downtime_window",
                        "blackout",
                        "migration_date",
                        "migration_time",
                        "migration_start",
                        "scheduled_date",
                        "scheduled_start",
                        "planned_date",
                        "planned_start",
                        "schedule",
                        "start_date",
                        "start_time",
                        "start_at",
                        "launch_date",
                        "launch_time",
                        "launch_at",
                        "not_before",
                        "not_after",
                        "deadline",
                        "go_live",
                        "go_live_date",
                        "wave_start",
                        "freeze_until")),
        ORDER(
                "sets an order of the rows, which the runner does not read",
                "write wave_name, priority or depends_on",
                List.of(
                        "dependson",
                        "dependent",
                        "wavebatch",
                        "wavegroup",
                        "waveno",
                        "waveid",
                        "reihenfolge",
                        "abhängig",
                        "welle"),
                List.of(
                        "order",
                        "sequence",
                        "rank",
                        "batch",
                        "migration_order",
                        "start_order",
                        "launch_order",
                        "boot_order",
                        "move_group",
                        "migration_group",
                        "after",
                        "start_after",
                        "run_after",
                        "launch_after",
                        "migrate_after",
                        "prerequisite",
                        "prerequisites",
                        "required_by")),
        LIMIT(
                "limits the copy in a unit or a form that the runner does not read",
                "write speed_limit_mbit, in Mbit/s",
                List.of("speedlimit", "bandwidthlimit", "bandwidththrottling", "throttl"),
                List.of("bandwidth", "max_bandwidth", "max_speed", "rate_limit", "network_limit")),
        PERMISSION(
                "says which servers may be migrated, which the runner does not read from it",
                "write ok_to_migrate with yes or no",
                List.of("okto", "donot", "dont", "excludefrom", "approvedby", "nichtmigrier", "freigabe"),
                List.of(
                        "exclude",
                        "excluded",
                        "skip",
                        "hold",
                        "on_hold",
                        "blocked",
                        "freeze",
                        "scope",
                        "in_scope",
                        "out_of_scope",
                        "no_migration",
                        "go_no_go",
                        "approved",
                        "approval",
                        "approval_status",
                        "r_type",
                        "migration_strategy",
                        "migration_disposition"));

        private final String problem;
        private final String advice;
        private final List<String> beginnings;
        private final List<String> names;

        /** @param beginnings keys with which the key of a name begins */
        Kind(String problem, String advice, List<String> beginnings, List<String> names) {
            this.problem = problem;
            this.advice = advice;
            this.beginnings = beginnings;
            this.names = names;
        }

        /** Names of such columns. */
        public List<String> names() {
            return names;
        }

        /** Way to say the same to the runner. */
        public String advice() {
            return advice;
        }

        private boolean includes(String key) {
            return beginnings.stream().anyMatch(key::startsWith)
                    || names.stream().anyMatch(name -> HeaderName.key(name).equals(key));
        }
    }

    /** Whether the column orders, limits or forbids. */
    static boolean includes(Column column) {
        return COLUMNS.contains(column);
    }

    /** Problem of a name that belongs to no column; empty when the column may stay unread. */
    static Optional<CellProblem> problemOf(String written) {
        String leaveOut = ", or leave the column out with " + ColumnMapping.example(written, ColumnMapping.IGNORE)
                + " in the job file";
        String key = HeaderName.of(written).key();
        for (Kind kind : Kind.values()) {
            if (kind.includes(key)) {
                return Optional.of(new CellProblem(kind.problem, kind.advice + leaveOut));
            }
        }
        return similarColumn(written)
                .filter(RestrictiveColumns::includes)
                .map(column -> new CellProblem(
                        "is not a known column, but may mean " + column.label(),
                        "rename it to " + column.label() + leaveOut));
    }

    private static Optional<Column> similarColumn(String written) {
        Optional<Column> sameName = ColumnAliases.findIgnoringHint(written);
        return sameName.isPresent()
                ? sameName
                : Suggestions.nearest(written, Column.labels())
                        .filter(label -> Suggestions.isMisspelling(written, label))
                        .flatMap(Column::of);
    }
}
