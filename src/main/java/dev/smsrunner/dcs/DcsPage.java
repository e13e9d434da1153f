package dev.smsrunner.dcs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of ListMigrationTask.
 *
 * @param count of all tasks of the project, null when the answer did not say it
 */
public record DcsPage(@Nullable Integer count, List<DcsTask> tasks) {}
