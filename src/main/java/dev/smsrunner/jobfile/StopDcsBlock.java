package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.StopDcsSettings.FullMigration;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings of the job {@code stop-dcs} (BatchStopMigrationTasks). */
public final class StopDcsBlock implements JobBlock {

    private static final SettingList LIST = new SettingList();

    /** Maximum number of tasks of one request (BatchStopMigrationTasks, Chinese page of 2025). */
    private static final int MAX_CHUNK = 50;

    /** Maximum of earlier versions. A run that they started keeps its job file. */
    private static final int EARLIER_MAX_CHUNK = 1000;

    private static final SettingDefinition<Integer> CHUNK = LIST.add(SettingDefinition.of(
                    "stop-dcs.chunk",
                    SettingTypes.wholeNumber(1, MAX_CHUNK, EARLIER_MAX_CHUNK),
                    "Maximum number of tasks in one call.")
            .withDefault(String.valueOf(MAX_CHUNK)));

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

    @Override
    public List<SettingDefinition<?>> settings() {
        return LIST.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        settings.find(CHUNK);
        settings.find(FULL_MIGRATION);
        String scope = settings.known(SharedSettings.PROJECT_ID);
        if (settings.fill(TARGET_PROJECT_ID) == null && settings.fill(PROJECT_ID) == null && scope != null) {
            settings.fill(Column.TARGET_PROJECT_ID.label(), scope);
        }
        return new JobSettings(new RetrySettings(settings.value(RETRIES), settings.value(BACKOFF)));
    }

    static StopDcsSettings of(JobFile job) {
        return new StopDcsSettings(
                Math.min(MAX_CHUNK, job.values().get(CHUNK)), job.values().get(FULL_MIGRATION), projectId(job));
    }

    private static @Nullable String projectId(JobFile job) {
        var filled = job.defaults();
        return filled.getOrDefault(Column.TARGET_PROJECT_ID.label(), filled.get(Column.PROJECT_ID.label()));
    }
}
