package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListTasks (API reference 2026-01-27).
 *
 * @param count number of all matches, not only of this page; null when the service gives none
 */
@Payload
public record TaskPage(@Nullable Integer count, List<MigrationTask> tasks) {

    public TaskPage {
        tasks = Elements.of(tasks);
    }
}
