package dev.smsrunner.scenario;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A class of tests of which each tells one night. */
abstract class Story {

    @TempDir
    private Path directory;

    private @Nullable Scenario night;

    /** Where the runs are kept. */
    StoryDatabase home() {
        return StoryDatabase.embedded();
    }

    /** The night that this test tells. */
    Scenario night(int servers) {
        night = Scenario.of(servers, directory, home());
        return night;
    }

    @AfterEach
    void morning() {
        if (night != null) {
            try (var over = night) {
                over.keptItsPromises();
            }
        }
    }
}
