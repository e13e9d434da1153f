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

/** The columns that an inventory may have, each with the grammar of its cells; other columns are carried, not read. */
public enum Column {
    WAVE_NAME(CellGrammar::text, true),
    APP_NAME(CellGrammar::text, true),
    SERVER_NAME(CellGrammar::serverName, false),
    SOURCE_SERVER_ID(CellGrammar::id, false),
    SOURCE_IP(CellGrammar::ip, false),
    SERVER_OS_FAMILY(CellGrammar::osFamily, true),
    MIGRATION_TYPE(CellGrammar::migrationType, true),
    TARGET_REGION(CellGrammar::id, true),
    TARGET_REGION_NAME(CellGrammar::text, true),
    TARGET_PROJECT_ID(CellGrammar::id, true),
    TARGET_PROJECT_NAME(CellGrammar::text, true),
    VM_TEMPLATE_ID(CellGrammar::id, true),
    TARGET_SERVER_ID(CellGrammar::id, false),
    TARGET_SERVER_NAME(CellGrammar::serverName, false),
    MIGRATION_IP(CellGrammar::ip, false),
    USE_PUBLIC_IP(CellGrammar::yesOrNo, true),
    SYNCING(CellGrammar::yesOrNo, true),
    START_TARGET_SERVER(CellGrammar::yesOrNo, true),
    VERIFY_CONSISTENCY(CellGrammar::yesOrNo, true),
    SPEED_LIMIT_MBIT(Grammar.limited(CellGrammar::speedLimit), true),
    /** Speed limits by time of day, {@code 08:00-18:00=50;18:00-24:00=0} in Mbit/s, or {@code none}. */
    SPEED_LIMIT_RULES(Grammar.limited(SpeedRule::check), true),
    /** By how many percent a copy may exceed its speed limit before SMS pauses it. */
    OVER_SPEED_THRESHOLD(CellGrammar::overSpeedThreshold, true),
    PRIORITY(CellGrammar::priority, true),
    DEPENDS_ON(CellGrammar::serverNames, false),
    OWNER_EMAIL(CellGrammar::email, true),
    CHANGE_TICKET(CellGrammar::text, true),
    TAGS(CellGrammar::tags, true),

    /** Jobs other than migrate: the SMS or DCS task, where it is known. */
    TASK_ID(CellGrammar::id, false),
    /** Job update: the new name of the task. */
    TASK_NAME(CellGrammar::taskName, false),
    /** Job stop-dcs: the project of the task; otherwise that of the target. */
    PROJECT_ID(CellGrammar::id, true),
    /** Job update: further fields of UpdateTask as a JSON object, or {@code @} and the path of a file of one. */
    UPDATE_JSON(UpdateFields::cell, true),
    /** Job action: the operation of UpdateTaskStatus. */
    OPERATION(CellGrammar::operation, true),
    /** Job action: the template that clone_test needs. */
    TEMPLATE_ID(CellGrammar::id, true),
    /** Job action: change to Huawei Cloud EulerOS, Linux only. */
    SWITCH_HCE(CellGrammar::yesOrNo, true),
    /** Job action: verify the consistency of the copy. */
    IS_NEED_CONSISTENCY_CHECK(CellGrammar::yesOrNo, true),
    /** Job changestate: the copy state to record. */
    COPYSTATE(CellGrammar::copystate, true),
    /** Job changestate: the migration cycle to record. */
    MIGRATIONCYCLE(CellGrammar::migrationcycle, true);

    private static final Map<String, Column> BY_LABEL = new HashMap<>();

    static {
        for (Column column : values()) {
            BY_LABEL.put(column.label, column);
        }
    }

    private final String label = name().toLowerCase(Locale.ROOT);
    private final Grammar grammar;
    private final boolean repeats;

    Column(Function<String, @Nullable CellProblem> grammar, boolean repeats) {
        this(Grammar.limited((value, limits) -> grammar.apply(value)), repeats);
    }

    Column(Grammar grammar, boolean repeats) {
        this.grammar = grammar;
        this.repeats = repeats;
    }

    /** The grammar of the cells of a column: everything that is wrong with a value that is not empty. */
    @FunctionalInterface
    private interface Grammar {

        List<CellProblem> faults(String value, CellLimits limits);

        /** A grammar that finds one fault at most. */
        static Grammar limited(BiFunction<String, CellLimits, @Nullable CellProblem> check) {
            return (value, limits) -> {
                CellProblem fault = check.apply(value, limits);
                return fault == null ? List.of() : List.of(fault);
            };
        }
    }

    /** The name in the header, snake_case. */
    public String label() {
        return label;
    }

    /** The column of that header name, letter case and surrounding blanks aside. */
    public static Optional<Column> of(String label) {
        return Optional.ofNullable(BY_LABEL.get(label.strip().toLowerCase(Locale.ROOT)));
    }

    /** All header names, in the order of the documentation. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Column::label).toList();
    }

    /** Everything that is wrong with that value by itself; an empty value has no fault. */
    public List<CellProblem> faults(String value, CellLimits limits) {
        return value.isEmpty() ? List.of() : grammar.faults(value, limits);
    }

    /** Whether only jobs other than migrate read it. */
    public boolean isForOtherJobs() {
        return ordinal() >= TASK_ID.ordinal();
    }

    /** Whether it says which server is meant, so that one value for all rows makes no sense. */
    public boolean identifies() {
        return switch (this) {
            case SERVER_NAME, SOURCE_SERVER_ID, SOURCE_IP, TARGET_SERVER_ID, TASK_ID -> true;
            default -> false;
        };
    }

    /** Whether many rows have the same value, so that it is worth keeping it once. */
    boolean repeats() {
        return repeats;
    }
}
