package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns of an inventory with the grammar of their cells. Other columns are copied to the report. */
public enum Column {
    WAVE_NAME(CellGrammar::text, true, "Name of the wave. Waves start in the order of their names."),
    APP_NAME(CellGrammar::text, true, "Application of the server. Copied to the report."),
    SERVER_NAME(CellGrammar::serverName, false, "Name of the source server in SMS."),
    SOURCE_SERVER_ID(CellGrammar::id, false, "Id of the source server in SMS."),
    SOURCE_IP(CellGrammar::ip, false, "IPv4 or IPv6 address of the source server."),
    SERVER_OS_FAMILY(
            CellGrammar::osFamily, true, "`LINUX`, `WINDOWS` or the name of a system. Default: as the source."),
    MIGRATION_TYPE(CellGrammar::migrationType, true, "`MIGRATE_FILE` or `MIGRATE_BLOCK`. Windows needs block."),
    TARGET_REGION(CellGrammar::id, true, "Id of the region of the target."),
    TARGET_REGION_NAME(CellGrammar::text, true, "Name of that region. Default: its id."),
    TARGET_PROJECT_ID(CellGrammar::id, true, "Id of the project of the target."),
    TARGET_PROJECT_NAME(CellGrammar::text, true, "Name of that project. Default: its id."),
    VM_TEMPLATE_ID(CellGrammar::id, true, "Template from which SMS creates a new target."),
    TARGET_SERVER_ID(CellGrammar::id, false, "Id of an existing target. It needs `migration_ip`."),
    TARGET_SERVER_NAME(CellGrammar::serverName, false, "Name of the target. Default: `server_name`."),
    MIGRATION_IP(CellGrammar::ip, false, "Address at which an existing target is reached."),
    USE_PUBLIC_IP(CellGrammar::yesOrNo, true, "Whether the copy uses the public address of the target."),
    SYNCING(CellGrammar::yesOrNo, true, "Continuous synchronisation, for `cutover.when: auto` only."),
    START_TARGET_SERVER(CellGrammar::yesOrNo, true, "Whether the target runs after the launch. Default: true."),
    VERIFY_CONSISTENCY(CellGrammar::yesOrNo, true, "Whether SMS compares the files of source and target."),
    SPEED_LIMIT_MBIT(
            Grammar.limited(CellGrammar::speedLimit), true, "Speed limit of the copy in Mbit/s. 0 is no limit."),
    SPEED_LIMIT_RULES(Grammar.limited(SpeedRule::check), true, "Speed limits by time of day, or `none`."),
    OVER_SPEED_THRESHOLD(
            CellGrammar::overSpeedThreshold, true, "Percent above the limit at which SMS pauses a copy (10)."),
    PRIORITY(CellGrammar::priority, true, "0 to 65535. The higher starts first. Default: 1."),
    DEPENDS_ON(CellGrammar::serverNames, false, "Servers that must be ready before this target is launched."),
    OWNER_EMAIL(CellGrammar::email, true, "E-mail address of the owner. Copied to the report."),
    CHANGE_TICKET(CellGrammar::text, true, "Number of the change. Copied to the report."),
    TAGS(CellGrammar::tags, true, "`Key=Value;Key=Value`. Copied to the report."),
    SIZE_GB(Amount::size, false, "Size of the disks of the server in GB, such as `45.5`."),
    LINK_MBIT(Amount::link, true, "Speed of the link of the server in Mbit/s, such as `100`."),
    OK_TO_MIGRATE(Permission::check, true, "`no` skips the row. `yes` or an empty cell permits its migration."),
    OK_TO_CUTOVER(Permission::check, true, "`yes` or an empty cell permits the launch. `no` holds it, see below."),
    CUTOVER_WINDOW(
            CellGrammar::text, true, "Name of the only window of `cutover.windows` in which the target is launched."),
    CUTOVER_AT(
            CutoverTime::check, true, "The target is not launched before this time, such as `2026-12-04T23:00+08:00`."),

    TASK_ID(CellGrammar::id, false, "Id of the SMS or DCS task."),
    TASK_NAME(CellGrammar::taskName, false, "`update`: new name of the task. `stop-dcs`: its name."),
    PROJECT_ID(CellGrammar::id, true, "`stop-dcs`: project of the task."),
    UPDATE_JSON(UpdateFields::cell, true, "`update`: more fields as a JSON object, or `@` and a file."),
    OPERATION(CellGrammar::operation, true, "`action`: the operation."),
    TEMPLATE_ID(CellGrammar::id, true, "`action`: the template that `clone_test` needs."),
    SWITCH_HCE(CellGrammar::yesOrNo, true, "`action`: change the system to Huawei Cloud EulerOS."),
    IS_NEED_CONSISTENCY_CHECK(CellGrammar::yesOrNo, true, "`action`: verify the consistency of the copy."),
    COPYSTATE(CellGrammar::copystate, true, "`changestate`: the copy state to record."),
    MIGRATIONCYCLE(CellGrammar::migrationcycle, true, "`changestate`: the migration cycle to record."),
    CONFIRM(CellGrammar::serverName, false, "`delete`: name of the source, to delete a task that no run migrated.");

    private static final Map<String, Column> BY_LABEL = new HashMap<>();

    static {
        for (Column column : values()) {
            BY_LABEL.put(column.label, column);
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Grammar grammar;
    private final boolean repeats;
    private final String meaning;

    Column(Function<String, @Nullable CellProblem> grammar, boolean repeats, String meaning) {
        this(Grammar.limited((value, limits) -> grammar.apply(value)), repeats, meaning);
    }

    Column(Grammar grammar, boolean repeats, String meaning) {
        this.grammar = grammar;
        this.repeats = repeats;
        this.meaning = meaning;
    }

    /** Grammar of the cells of a column. Returns all problems of a non-empty value. */
    @FunctionalInterface
    private interface Grammar {

        List<CellProblem> faults(String value, CellLimits limits);

        /** Grammar that finds at most one problem. */
        static Grammar limited(BiFunction<String, CellLimits, @Nullable CellProblem> check) {
            return (value, limits) -> {
                CellProblem fault = check.apply(value, limits);
                return fault == null ? List.of() : List.of(fault);
            };
        }
    }

    /** Name in the header, in snake_case. */
    public String label() {
        return label;
    }

    /** Meaning of the cells for the documentation: short sentences in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Column with this header name, ignoring letter case and surrounding blanks. */
    public static Optional<Column> of(String label) {
        return Optional.ofNullable(BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT)));
    }

    /** All header names, in the order of the documentation. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Column::label).toList();
    }

    /** Problems of a single value; an empty value has none. */
    public List<CellProblem> faults(String value, CellLimits limits) {
        if (value.isEmpty()) {
            return List.of();
        }
        CellProblem lost = isNameOrId() && !limits.acceptsPlaceholders() ? LostValue.problemOf(value) : null;
        return lost == null ? grammar.faults(value, limits) : List.of(lost);
    }

    /** Whether the cells are names or ids, which the runner compares, sends or uses for the order. */
    private boolean isNameOrId() {
        return switch (this) {
            case WAVE_NAME,
                    SERVER_NAME,
                    SOURCE_SERVER_ID,
                    TARGET_REGION,
                    TARGET_REGION_NAME,
                    TARGET_PROJECT_ID,
                    TARGET_PROJECT_NAME,
                    VM_TEMPLATE_ID,
                    TARGET_SERVER_ID,
                    TARGET_SERVER_NAME,
                    DEPENDS_ON,
                    CUTOVER_WINDOW,
                    TASK_ID,
                    TASK_NAME,
                    PROJECT_ID,
                    TEMPLATE_ID -> true;
            default -> false;
        };
    }

    /** Whether only other jobs than migrate read the column. */
    public boolean isForOtherJobs() {
        return ordinal() >= TASK_ID.ordinal();
    }

    /** Whether the column identifies the server, so that it must not have a default. */
    public boolean identifies() {
        return switch (this) {
            case SERVER_NAME, SOURCE_SERVER_ID, SOURCE_IP, TARGET_SERVER_ID, TASK_ID -> true;
            default -> false;
        };
    }

    /** Whether no job reads the column, so that the runner only copies it into the report. */
    boolean isOnlyCopied() {
        return switch (this) {
            case APP_NAME, OWNER_EMAIL, CHANGE_TICKET, TAGS, SIZE_GB, LINK_MBIT -> true;
            default -> false;
        };
    }

    /** Whether earlier versions copied the column unread, so that a run of theirs may have any value in it. */
    boolean isRecent() {
        return switch (this) {
            case SIZE_GB, LINK_MBIT, OK_TO_MIGRATE, OK_TO_CUTOVER, CUTOVER_WINDOW, CUTOVER_AT -> true;
            default -> false;
        };
    }

    /** Whether many rows share a value, so that its text is interned. */
    boolean repeats() {
        return repeats;
    }
}
