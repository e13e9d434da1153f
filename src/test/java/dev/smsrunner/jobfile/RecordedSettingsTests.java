package dev.smsrunner.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.BulkJobs;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Hashes of job files as earlier versions recorded them: a change here makes unfinished runs refuse to resume. */
class RecordedSettingsTests {

    @ParameterizedTest
    @CsvFileSource(resources = "recorded-settings.txt", delimiter = '|', quoteCharacter = '~')
    void jobFileHasTheHashOfEarlierVersions(String settings, String hash) throws JobFileException {
        JobFile job = JobFiles.restore(
                Path.of("site/job.yaml"),
                "{inventory: rows.csv, " + settings + "}",
                Overrides.none(),
                Map.of(),
                BulkJobs.ALL);

        assertThat(job.hash()).as(job.settings().toString()).isEqualTo(hash);
    }
}
