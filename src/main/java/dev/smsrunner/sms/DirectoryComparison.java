package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * How many files of one directory SMS compared, and how many of them are not the same on both sides (an element of
 * {@code consistency_result} of ShowConsistencyResult, API reference 2025-12). A count that the service does not give is null.
 *
 * @param directory {@code dir_check}
 * @param total {@code num_total_files}
 * @param different {@code num_different_files}: files of both sides with different contents
 * @param missing {@code num_target_miss_files}: files of the source that the target does not have
 * @param more {@code num_target_more_files}: files of the target that the source does not have
 */
public record DirectoryComparison(
        String directory,
        @Nullable Long total,
        @Nullable Long different,
        @Nullable Long missing,
        @Nullable Long more) {

    /** Whether all three counts of files that are not the same are known. */
    public boolean complete() {
        return different != null && missing != null && more != null;
    }

    /** How many files are known not to be the same. */
    public long differing() {
        return known(different) + known(missing) + known(more);
    }

    private static long known(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
