package dev.smsrunner.job.stopdcs;

import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.RetrySettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingList;
import dev.smsrunner.jobfile.SettingTypes;
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

    private static final SettingDefinition<Integer> CHUNK = LIST.add(SettingDefinition.of(
                    "stop-dcs.chunk",
                    SettingTypes.wholeNumber(1, DcsApi.MAX_STOPS, EARLIER_MAX_CHUNK),
                    "Maximum number of tasks in one call.")
            .withDefault(String.valueOf(DcsApi.MAX_STOPS)));

    private static final SettingDefinition<String> TARGET_PROJECT_ID = LIST.add(SettingDefinition.of(
            "stop-dcs.target_project_id", SettingTypes.cell("id"), "As `project_id`, and wins over it."));

    private static final SettingDefinition<FullMigration> FULL_MIGRATION =
            LIST.add(SettingDefinition.of("stop-dcs.full-migration", SettingTypes.choice(FullMigration.class), """
                    Handling of a task that is still in full migration.
                    `keep`: the row is rejected. `stop`: the task is stopped.""")
                    .withDefault("keep")
                    .recordedIfSet());

    private static final SettingDefinition<Integer> RETRIES = LIST.add(SettingDefinition.of(
                    "stop-dcs.retries", SettingTypes.wholeNumber(0, 100), "How often a stop is sent again.")
            .withDefault("3"));

    private static final SettingDefinition<Duration> BACKOFF = LIST.add(SettingDefinition.of(
                    "stop-dcs.backoff",
                    SettingTypes.duration("1ms", "1d"),
                    "Wait before the first repetition. It doubles with each repetition.")
            .withDefault("10s"));

    private static final SettingDefinition<String> PROJECT_ID = LIST.add(
            SettingDefinition.of("stop-dcs.project_id", SettingTypes.cell("id"), "The project of rows that name none.")
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
