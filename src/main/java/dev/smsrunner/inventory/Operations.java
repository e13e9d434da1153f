package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Known operations on tasks (UpdateTaskStatus), and further operations that a job file allows. */
public final class Operations {

    /** Key of the further operations among the defaults of the rows; values separated by commas. */
    public static final String ALLOWED = "allow-operations";

    /** API reference 2025-02-13; SDK 3.1.212 for skip, clear, migration_test; European page of 2025-09-16 for the last two. */
    public static final List<String> KNOWN = List.of(
            "start",
            "stop",
            "test",
            "clone_test",
            "restart",
            "network_check",
            "skip",
            "clear",
            "migration_test",
            "collect_log",
            "sync_failed_rollback");

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private Operations() {}

    /** Problem of an operation that is neither known nor allowed by name, or null. */
    public static @Nullable CellProblem check(String operation, String allowed) {
        boolean allowedHere = KNOWN.contains(operation.toLowerCase(Locale.ROOT))
                || Arrays.stream(allowed.split(",")).map(String::strip).anyMatch(operation::equalsIgnoreCase);
        return allowedHere
                ? null
                : new CellProblem(
                        QuotedText.of(operation) + " is not known",
                        Suggestions.advice(
                                operation,
                                KNOWN,
                                "write one of " + String.join(", ", KNOWN)
                                        + ", or allow it by name in action.allow-operations of the job file"));
    }

    /** Problem of a list of allowed operations, or null. */
    public static @Nullable CellProblem checkList(String operations) {
        return Arrays.stream(operations.split(","))
                        .allMatch(operation -> NAME.matcher(operation.strip()).matches())
                ? null
                : new CellProblem(
                        QuotedText.of(operations) + " is not a list of operations",
                        "write their names, separated by commas");
    }
}
