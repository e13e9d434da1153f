package dev.smsrunner.job.stopdcs;

import static dev.smsrunner.jobfile.SettingTypes.*;

import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.RetrySettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingList;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of the job {@code stop-dcs} (BatchStopMigrationTasks). */
final class StopDcsSettings {

    private static final SettingList LIST = new SettingList();

    /** Maximum of earlier versions. A run that they started keeps its job file. */
    private static final int EARLIER_MAX_CHUNK = 1000;

    /** Handling of a task that is still in full migration. Its target has only a part of the data. */
    enum FullMigration {
        /** The row is rejected, the task continues. */
        KEEP,
        /** The task is stopped. */
        STOP
    }

    private static final SettingDefinition<Integer> CHUNK = LIST.add(
            "stop-dcs.chunk",
            wholeNumber(1, DcsApi.MAX_STOPS, EARLIER_MAX_CHUNK),
            String.valueOf(DcsApi.MAX_STOPS),
            "Maximum number of tasks in one call.");

    private static final SettingDefinition<String> TARGET_PROJECT_ID =
            LIST.add("stop-dcs.target_project_id", cell("id"), "As `project_id`, and wins over it.");

    private static final SettingDefinition<FullMigration> FULL_MIGRATION =
            LIST.add(SettingDefinition.of("stop-dcs.full-migration", choice(FullMigration.class), """
                    Handling of a task that is still in full migration.
                    `keep`: the row is rejected. `stop`: the task is stopped.""")
                    .withDefault("keep")
                    .recordedIfSet());

    private static final SettingDefinition<Integer> RETRIES =
            LIST.add("stop-dcs.retries", wholeNumber(0, 100), "3", "How often a stop is sent again.");

    private static final SettingDefinition<Duration> BACKOFF = LIST.add(
            "stop-dcs.backoff",
            duration("1ms", "1d"),
            "10s",
            "Wait before the first repetition. It doubles with each repetition.");

    private static final SettingDefinition<String> PROJECT_ID =
            LIST.add(SettingDefinition.of("stop-dcs.project_id", cell("id"), "The project of rows that name none.")
                    .shownAs("`service.scope.project-id`"));

    private StopDcsSettings() {}

    /** Definitions in the order of the documentation. */
    static List<SettingDefinition<?>> all() {
        return LIST.all();
    }

    static JobSettings bind(EffectiveSettings settings) {
        settings.find(CHUNK);
        settings.find(FULL_MIGRATION);
        String scope = settings.tokenProject();
        if (settings.fill(TARGET_PROJECT_ID) == null && settings.fill(PROJECT_ID) == null && scope != null) {
            settings.fill(Column.TARGET_PROJECT_ID.label(), scope);
        }
        return new JobSettings(new RetrySettings(settings.value(RETRIES), settings.value(BACKOFF)));
    }

    /** Maximum number of tasks of one request, 1 to 50. */
    static int chunk(JobFile job) {
        return Math.min(DcsApi.MAX_STOPS, job.values().get(CHUNK));
    }

    /** Handling of a task that is still in full migration. */
    static FullMigration fullMigration(JobFile job) {
        return job.values().get(FULL_MIGRATION);
    }

    /** Project of the tasks, for rows without one; null = each row has one. */
    static @Nullable String projectId(JobFile job) {
        var filled = job.defaults();
        var target = filled.get(Column.TARGET_PROJECT_ID.label());
        return target == null ? filled.get(Column.PROJECT_ID.label()) : target;
    }
}
