package dev.smsrunner.scenario;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Base of tests with one scenario each. */
abstract class ScenarioTest {

    @TempDir
    private Path directory;

    private @Nullable Scenario scenario;

    /** The database of the runs. */
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }

    /** Creates the scenario of the test. */
    Scenario scenario(int servers) {
        scenario = Scenario.of(servers, directory, home());
        return scenario;
    }

    @AfterEach
    void verifyAndClose() {
        if (scenario != null) {
            try (var ended = scenario) {
                ended.verifyRuns();
            }
        }
    }
}
