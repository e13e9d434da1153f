package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.support.TestDatabases;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** A run on existing tables needs no right to change the schema. */
class LeastPrivilegeIT extends ScenarioTest {

    private static final String ROLE = "sms_worker_" + ProcessHandle.current().pid();

    private final TestDatabases.Postgres database = TestDatabases.postgres();

    @Override
    StoryDatabase home() {
        return new StoryDatabase(database.url(), database.environment());
    }

    @Test
    void roleWithRowRightsOnlyIsSufficient() throws SQLException {
        var scenario = scenario(2);
        scenario.command("runs").exits(0);
        execute("create role " + ROLE + " login password 'worker'");
        execute("grant select, insert, update, delete on all tables in schema public to " + ROLE);
        execute("grant usage on all sequences in schema public to " + ROLE);
        scenario.environment("SMS_RUNNER_DB_USER", ROLE).environment("SMS_RUNNER_DB_PASSWORD", "worker");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 2));
        scenario.command("report", "last").exits(0);
        scenario.environment("SMS_RUNNER_DB_USER", database.user())
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
