package dev.smsrunner.scenario;

import dev.smsrunner.support.TestDatabases;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Database of the runs of a scenario.
 *
 * @param url URL of a PostgreSQL database, null for the embedded one in the data directory
 * @param environment variables with the database credentials
 */
public record StoryDatabase(@Nullable String url, Map<String, String> environment) {

    /** The embedded database. */
    public static StoryDatabase embedded() {
        return new StoryDatabase(null, Map.of());
    }

    /** A new database on a real PostgreSQL. */
    public static StoryDatabase postgres() {
        var database = TestDatabases.postgres();
        return new StoryDatabase(database.url(), database.environment());
    }
}
