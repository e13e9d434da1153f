package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * File counts of one compared directory (an element of {@code consistency_result} of ShowConsistencyResult, API
 * reference 2025-12). A missing count is null.
 *
 * @param directory {@code dir_check}
 * @param total {@code num_total_files}
 * @param different {@code num_different_files}: files on both sides with different contents
 * @param missing {@code num_target_miss_files}: source files missing on the target
 * @param more {@code num_target_more_files}: target files missing on the source
 */
public record DirectoryComparison(
        String directory,
        @Nullable Long total,
        @Nullable Long different,
        @Nullable Long missing,
        @Nullable Long more) {

    /** Whether all three counts of differing files are known. */
    public boolean isComplete() {
        return different != null && missing != null && more != null;
    }

    /** Number of files known to differ. */
    public long differingFiles() {
        return orZero(different) + orZero(missing) + orZero(more);
    }

    private static long orZero(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
