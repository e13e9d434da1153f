package dev.smsrunner.job.stopdcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.job.stopdcs.StopDcsSettings.FullMigration;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the settings, their defaults, and values of earlier versions. */
class StopDcsSettingsTests {

    private static final String SMALL =
            "job: stop-dcs\ninventory: rows.csv\nservice: {endpoint: simulator, scope: {project-id: p7}}\n";

    private static JobFile job(String text) throws JobFileException {
        return JobFiles.restore(Path.of("job.yaml"), text, Overrides.none(), Map.of(), BulkJobs.ALL);
    }

    @Test
    void givenValuesAreRead() throws JobFileException {
        var job = job(SMALL + "stop-dcs: {chunk: 10, target_project_id: p1, project_id: p2, full-migration: STOP}\n");

        assertThat(StopDcsSettings.chunk(job)).isEqualTo(10);
        assertThat(StopDcsSettings.projectId(job)).isEqualTo("p1");
        assertThat(StopDcsSettings.fullMigration(job)).isEqualTo(FullMigration.STOP);
        assertThat(job.settings())
                .containsEntry("stop-dcs.full-migration", "stop")
                .doesNotContainKey("stop-dcs.project_id");
    }

    @Test
    void unsetKeysHaveDefaults() throws JobFileException {
        var job = job(SMALL);

        assertThat(StopDcsSettings.chunk(job)).isEqualTo(50);
        assertThat(StopDcsSettings.projectId(job)).as("project of the token").isEqualTo("p7");
        assertThat(StopDcsSettings.fullMigration(job)).isEqualTo(FullMigration.KEEP);
        assertThat(job.settings()).doesNotContainKey("stop-dcs.full-migration");
    }

    @Test
    void projectOfTheBlockWinsOverTheProjectOfTheToken() throws JobFileException {
        assertThat(StopDcsSettings.projectId(job(SMALL + "stop-dcs: {project_id: p2}\n")))
                .isEqualTo("p2");
    }

    @Test
    void batchStopHasAtMostFiftyTasks(@TempDir Path directory) throws Exception {
        var text = SMALL + "stop-dcs: {chunk: 200}\n";
        var file = Files.writeString(directory.resolve("job.yaml"), text);

        assertThatThrownBy(() -> JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL))
                .hasMessageContaining("stop-dcs.chunk: 200 is out of range; write 1 to 50");
        assertThat(StopDcsSettings.chunk(job(text)))
                .as("of a run that an earlier version started")
                .isEqualTo(50);
    }
}
