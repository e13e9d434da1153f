package dev.smsrunner.scenario;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A class of tests of which each tells one night. */
abstract class Story {

    @TempDir
    private Path directory;

    private @Nullable Night night;

    /** Where the runs are kept. */
    Home home() {
        return Home.embedded();
    }

    /** The night that this test tells. */
    Night night(int servers) {
        night = Night.of(servers, directory, home());
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
