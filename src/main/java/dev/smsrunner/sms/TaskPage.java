package dev.smsrunner.sms;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Page of ListTasks (API reference 2026-01-27).
 *
 * @param count number of all matches, not only of this page; null when the service gives none
 */
@Payload
public record TaskPage(@Nullable Integer count, @Nullable List<MigrationTask> tasks) implements ListPage {

    public TaskPage {
        tasks = tasks == null ? null : Elements.of(tasks);
    }

    /** Elements of the page; empty when the answer has none. */
    @Override
    public List<MigrationTask> tasks() {
        return Objects.requireNonNullElse(tasks, List.of());
    }

    @Override
    public boolean hasList() {
        return tasks != null;
    }
}
