package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The latest comparison of the files of source and target (ShowConsistencyResult). The page has changed its shape twice; all
 * of its shapes are read, and what is in none of them is kept as text.
 *
 * @param finishedTime when the comparison ended, milliseconds since 1970; null when the service does not say
 * @param directories what was compared; empty when nothing could be read
 * @param text {@code check_result} and what could not be read, for people; null when there is nothing
 */
public record ConsistencyResult(
        @Nullable Long finishedTime,
        List<DirectoryComparison> directories,
        @Nullable String text) {

    public ConsistencyResult {
        directories = List.copyOf(directories);
    }

    /** Files that are not the same, of all directories. */
    public long differing() {
        return directories.stream().mapToLong(DirectoryComparison::differing).sum();
    }

    /** Whether at least one directory was compared, and every count of every directory is known. */
    public boolean complete() {
        return !directories.isEmpty() && directories.stream().allMatch(DirectoryComparison::complete);
    }
}
