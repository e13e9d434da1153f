package dev.smsrunner.dcs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListMigrationTask.
 *
 * @param count number of all tasks of the project, null when the answer has none
 */
public record DcsPage(@Nullable Integer count, List<DcsTask> tasks) {}
