package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of ListTasks (API reference 2026-01-27).
 *
 * @param count all matches, not the ones of this page; null when the service did not say
 */
@Payload
public record TaskPage(@Nullable Integer count, List<MigrationTask> tasks) {

    public TaskPage {
        tasks = Elements.of(tasks);
    }
}
