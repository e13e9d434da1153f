package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Latest comparison of the files of source and target (ShowConsistencyResult). The page has changed its shape twice;
 * the runner reads all shapes and keeps other content as text.
 *
 * @param finishedTime end of the comparison, milliseconds since 1970; null when the service gives none
 * @param directories compared directories; empty when none is readable
 * @param text {@code check_result} and unreadable content, for the operator; null when there is none
 */
public record ConsistencyResult(
        @Nullable Long finishedTime,
        List<DirectoryComparison> directories,
        @Nullable String text) {

    public ConsistencyResult {
        directories = List.copyOf(directories);
    }

    /** Number of differing files in all directories. */
    public long differingFiles() {
        return directories.stream()
                .mapToLong(DirectoryComparison::differingFiles)
                .sum();
    }

    /** Whether at least one directory was compared and all its counts are known. */
    public boolean isComplete() {
        return !directories.isEmpty() && directories.stream().allMatch(DirectoryComparison::isComplete);
    }
}
