package dev.smsrunner.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Comparison of a sample with real output. */
class SampleTests {

    private static final String FOLDER = "/tmp/folder-1";
    private static final List<String> REAL = List.of(
            "2026-11-30T15:28:06Z 20261130-1528-d1a6: starts migrate of /tmp/folder-1/rows.csv",
            "2026-11-30T15:28:14Z wave-3 erp-db-01 (row 40, task ef67514d-0a1b-4c2d-8e3f-0123456789ab): STARTED",
            "Run 20261130-1528-d1a6 finished after 30s.",
            "MIGRATED    46");

    private static String missing(String... sample) {
        return Sample.missing(List.of(sample), REAL, FOLDER);
    }

    @Test
    void timesIdsDurationsAndPathsMayDiffer() {
        assertThat(missing(
                        "2025-01-02T03:04:05Z 20250102-0304-ffff: starts migrate of .../rows.csv",
                        "2025-01-02T03:04:05Z wave-1 hr-db-01 (row 1, task 00000000-...): STARTED",
                        "Run 20250102-0304-ffff finished after 1m31s.",
                        "MIGRATED 46"))
                .isEmpty();
    }

    @Test
    void differentTextOrCountIsFound() {
        assertThat(missing("...", "MIGRATED 47")).isEqualTo("MIGRATED 47");
        assertThat(missing("...", "Run 20250102-0304-ffff is finished after 30s.", "..."))
                .isNotEmpty();
    }

    @Test
    void omissionsAndOrderAreChecked() {
        assertThat(missing("...", "Run 20250102-0304-ffff finished after 2s.", "..."))
                .isEmpty();
        assertThat(missing("Run 20250102-0304-ffff finished after 2s.", "...")).isNotEmpty();
        assertThat(missing("...", "Run 20250102-0304-ffff finished after 2s.")).isNotEmpty();
        assertThat(missing("...", "MIGRATED 46", "...", "Run 20250102-0304-ffff finished after 2s.", "..."))
                .isNotEmpty();
    }

    @Test
    void renewedSampleHasTheMostSimilarLines() {
        assertThat(Sample.renewed(List.of("...", "Run 20250102-0304-ffff is finished after 2s.", "..."), REAL, FOLDER))
                .containsExactly("...", "Run 20261130-1528-d1a6 finished after 30s.", "...");
        assertThat(Sample.renewed(List.of("old"), REAL, FOLDER))
                .hasSize(4)
                .contains("2026-11-30T15:28:14Z wave-3 erp-db-01 (row 40, task ef67514d-...): STARTED");
    }
}
