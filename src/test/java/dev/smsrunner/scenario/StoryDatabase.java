package dev.smsrunner.scenario;

import dev.smsrunner.support.TestDatabases;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database that a story's runs are kept in.
 *
 * @param url of a PostgreSQL database, null for the embedded one in the data directory
 * @param environment what the commands need to log in
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
