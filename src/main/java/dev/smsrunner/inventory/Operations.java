package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on tasks (UpdateTaskStatus) that are known, and what a job file allows besides. */
public final class Operations {

    /** What a job file allows besides, separated by commas, among the defaults of its rows. */
    public static final String ALLOWED = "allow-operations";

    /** API reference 2025-02-13; SDK 3.1.212 for skip, clear, migration_test; European page of 2025-09-16 for the last two. */
    private static final List<String> KNOWN = List.of(
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

    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

    private Operations() {}

    /** What is wrong with the operation, or null; it is known, or allowed by name. */
    public static @Nullable CellProblem check(String operation, String allowed) {
        boolean fine = KNOWN.contains(operation.toLowerCase(Locale.ROOT))
                || Arrays.stream(allowed.split(",")).map(String::strip).anyMatch(operation::equalsIgnoreCase);
        return fine
                ? null
                : new CellProblem(
                        QuotedText.of(operation) + " is not known",
                        Suggestions.advice(
                                operation,
                                KNOWN,
                                "write one of " + String.join(", ", KNOWN)
                                        + ", or allow it by name in action.allow-operations of the job file"));
    }

    /** What is wrong with a list of operations that are to be allowed, or null. */
    public static @Nullable CellProblem checkList(String operations) {
        return Arrays.stream(operations.split(","))
                        .allMatch(operation -> WORD.matcher(operation.strip()).matches())
                ? null
                : new CellProblem(
                        QuotedText.of(operations) + " is not a list of operations",
                        "write their names, separated by commas");
    }
}
