package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.support.TestDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Once the tables are there, a run needs no right to change them. */
class LeastPrivilegeIT extends Story {

    private static final String ROLE = "sms_worker_" + ProcessHandle.current().pid();

    private final TestDatabases.Postgres database = TestDatabases.postgres();

    @Override
    StoryDatabase home() {
        return new StoryDatabase(database.url(), database.environment());
    }

    @Test
    void aRunWorksWithARoleThatMayOnlyReadAndWriteRows() throws SQLException {
        var night = night(2);
        night.command("runs").exits(0);
        execute("create role " + ROLE + " login password 'worker'");
        execute("grant select, insert, update, delete on all tables in schema public to " + ROLE);
        execute("grant usage on all sequences in schema public to " + ROLE);
        night.environment("SMS_RUNNER_DB_USER", ROLE).environment("SMS_RUNNER_DB_PASSWORD", "worker");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 2));
        night.command("report", "last").exits(0);
        night.environment("SMS_RUNNER_DB_USER", database.user())
                .environment("SMS_RUNNER_DB_PASSWORD", database.password());
        execute("drop owned by " + ROLE);
        execute("drop role " + ROLE);
    }

    private void execute(String sql) throws SQLException {
        try (var admin = database.connect();
                var statement = admin.createStatement()) {
            statement.execute(sql);
        }
    }
}
