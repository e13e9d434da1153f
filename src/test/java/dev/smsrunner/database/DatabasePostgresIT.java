package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.support.TestDatabases;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Opening and refusal of a PostgreSQL database. */
class DatabasePostgresIT {

    private static TestDatabases.Postgres postgres;

    @TempDir
    private java.nio.file.Path data;

    @BeforeAll
    static void create() {
        postgres = TestDatabases.postgres();
    }

    @Test
    void sameScriptsCreateTheTables() throws SQLException {
        try (var database = postgres.open();
                var beside = database.connect()) {
            assertThat(new JdbcTemplate(database.source())
                            .queryForList(
                                    "select table_name from information_schema.tables where table_schema = 'public'"
                                            + " and table_name not like 'batch%' order by table_name",
                                    String.class))
                    .containsExactly(
                            "api_sample",
                            "control",
                            "event",
                            "flyway_schema_history",
                            "gate_decision",
                            "intent",
                            "inventory_row",
                            "lease",
                            "migration",
                            "run",
                            "source_layout");
            assertThat(beside.isValid(5)).isTrue();
        }
    }

    @Test
    void wrongUserIsReportedWithoutPassword() {
        var environment = Map.of("SMS_RUNNER_DB_USER", "nobody_here", "SMS_RUNNER_DB_PASSWORD", "CANARY");

        assertThatThrownBy(() -> Database.open(data, postgres.url(), environment))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Cannot open " + postgres.url())
                .hasMessageContaining("nobody_here")
                .hasMessageContaining("Check SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD")
                .message()
                .doesNotContain("CANARY");
    }

    @Test
    void serverWithoutSynchronousCommitIsRefused() throws SQLException {
        var careless = TestDatabases.postgres();
        try (var connection = careless.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "alter database " + careless.url().replaceFirst(".*/", "") + " set synchronous_commit = off");
        }

        assertThatThrownBy(careless::open)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("synchronous_commit is off")
                .hasMessageContaining("Enable synchronous_commit");
    }

    /** A database of the server with its own settings. */
    private static TestDatabases.Postgres database(String options) throws SQLException {
        var name = "special_" + System.nanoTime();
        execute(postgres, "create database %s %s".formatted(name, options));
        return new TestDatabases.Postgres(
                postgres.url().replaceFirst("/[^/]*$", "/" + name), postgres.user(), postgres.password());
    }

    private static void execute(TestDatabases.Postgres where, String... statements) throws SQLException {
        try (var connection = where.connect();
                var statement = connection.createStatement()) {
            for (var each : statements) {
                statement.execute(each);
            }
        }
    }

    private static TestDatabases.Postgres inSchema(TestDatabases.Postgres where, String schema) {
        return new TestDatabases.Postgres(where.url() + "?currentSchema=" + schema, where.user(), where.password());
    }

    private static TestDatabases.Postgres as(TestDatabases.Postgres where, String role) {
        return new TestDatabases.Postgres(where.url(), role, "secret");
    }

    /** Asserts one line with the parts, and that nothing was created. */
    private static void assertRefused(TestDatabases.Postgres where, String... parts) {
        assertThatThrownBy(where::open)
                .isInstanceOf(DatabaseException.class)
                .message()
                .startsWith("Cannot use jdbc:postgresql://")
                .contains(parts)
                .hasLineCount(1)
                .doesNotContainIgnoringCase("flyway.")
                .doesNotContain("baseline", "SQL State");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII", "EUC_JP", "LATIN9"})
    void anotherEncodingIsRefusedUntilTheLedgerIsThere(String encoding) throws SQLException {
        var other = database("encoding '%s' lc_collate 'C' lc_ctype 'C' template template0".formatted(encoding));

        assertRefused(other, "Its encoding is " + encoding, "CREATE DATABASE NAME ENCODING 'UTF8' TEMPLATE template0");

        Schema.bringUpToDate(new DriverManagerDataSource(other.url(), other.user(), other.password()));
        other.open().close();
    }

    @Test
    void aReadOnlyDatabaseIsRefused() throws SQLException {
        var other = database("");
        var name = other.url().replaceFirst(".*/", "");

        execute(other, "alter database %s set default_transaction_read_only = on".formatted(name));
        assertRefused(other, "It is read-only for the role " + other.user(), "default_transaction_read_only");

        execute(postgres, "alter database %s reset default_transaction_read_only".formatted(name));
        execute(
                postgres,
                "alter role %s in database %s set default_transaction_read_only = on".formatted(other.user(), name));
        assertRefused(other, "It is read-only for the role " + other.user(), "Turn this setting off");

        execute(postgres, "alter role %s in database %s reset all".formatted(other.user(), name));
        other.open().close();
    }

    /** A function with the name of the real one stands for a server in recovery. */
    @Test
    void aReplicaIsRefused() throws SQLException {
        var other = database("");
        execute(
                other,
                "create schema replica",
                "create function replica.pg_is_in_recovery() returns boolean as 'select true' language sql",
                "alter database %s set search_path = replica, pg_catalog"
                        .formatted(other.url().replaceFirst(".*/", "")));

        assertRefused(other, "It is a read-only replica. Use the primary.");
    }

    @Test
    void aRoleWithoutTheRightToCreateTablesIsRefusedUntilItIsGranted() throws SQLException {
        var other = database("");
        var role = "narrow_" + System.nanoTime();
        execute(
                other,
                "revoke create on schema public from public",
                "create role %s login password 'secret'".formatted(role));

        assertRefused(
                as(other, role),
                "The role %s must not create tables in the schema public".formatted(role),
                "GRANT CREATE ON SCHEMA public TO %s".formatted(role),
                "?currentSchema=");

        execute(other, "grant create on schema public to " + role);
        as(other, role).open().close();
    }

    @Test
    void aSchemaThatDoesNotExistIsRefused() throws SQLException {
        var other = database("");

        assertRefused(inSchema(other, "nowhere"), "no schema of the search path", "nowhere", "?currentSchema=");

        execute(other, "create schema nowhere");
        inSchema(other, "nowhere").open().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create table customers (id int) | tables (for example public.customers)",
                "create view customers as select 1 as id | tables (for example public.customers)",
                "create table zebra (id int); create table \"Apple\" (id int) | tables (for example public.Apple)",
                "create function f() returns int as 'select 1' language sql | functions, types or sequences",
                "create type mood as enum ('calm') | functions, types or sequences",
                "create table flyway_schema_history (version text, script text, success bool); insert into flyway_schema_history values ('42', 'V42__shop.sql', true) | the migration history (flyway_schema_history)",
                "create table flyway_schema_history (version text, script text, success bool); insert into flyway_schema_history values ('2024.1.a', 'V2024.1.a__shop.sql', true) | the migration history (flyway_schema_history)"
            })
    void aSchemaOfAnotherProgramIsRefusedAndAnotherSchemaHelps(String statements, String what) throws SQLException {
        var other = database("");
        execute(other, statements);

        assertRefused(other, "Its schema holds " + what + " of another program", "?currentSchema=NAME");

        execute(other, "create schema night");
        inSchema(other, "night").open().close();
        inSchema(other, "night").open().close();
    }

    @Test
    void aHistoryThatTheUserCannotReadIsRefused() throws SQLException {
        var other = database("");
        var role = "blind_" + System.nanoTime();
        other.open().close();
        execute(other, "create role %s login password 'secret'".formatted(role));

        assertRefused(as(other, role), "cannot read the table flyway_schema_history", "docs/database.md");
    }

    @Test
    void aMissingDatabaseIsNamedWithRemedy() {
        var missing = new TestDatabases.Postgres(
                postgres.url().replaceFirst("/[^/]*$", "/nowhere"), postgres.user(), postgres.password());

        assertThatThrownBy(missing::open)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("Create the database as docs/database.md shows");
    }

    /** Foreign histories are in later schemas: of version numbers, of other texts, and without rights. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table flyway_schema_history (version text, script text, success bool); insert into flyway_schema_history values ('42', 'V42__shop.sql', true)",
                "create table flyway_schema_history (version text, script text, success bool); insert into flyway_schema_history values ('2024.1.a', 'V2024__shop.sql', true)",
                "create table flyway_schema_history (id int)"
            })
    void aHistoryInALaterSchemaDoesNotCount(String statements) throws SQLException {
        var other = database("");
        execute(other, statements, "create schema night", searchPath(other, "night, public"));

        other.open().close();
        other.open().close();

        try (var connection = other.connect();
                var tables = connection.getMetaData().getTables(null, "night", "lease", null)) {
            assertThat(tables.next()).isTrue();
        }
    }

    @Test
    void runsInALaterSchemaAreNotHiddenByAnEmptyLedger() throws SQLException {
        var other = database("");
        other.open().close();
        execute(other, "create schema night", searchPath(other, "night, public"));

        assertRefused(
                other,
                "Its schema night has no tables of the runner, but the schema public of the search path has",
                "currentSchema=public",
                "currentSchema=night");

        inSchema(other, "public").open().close();
        inSchema(other, "night").open().close();
        other.open().close();
    }

    private static String searchPath(TestDatabases.Postgres where, String path) {
        return "alter database %s set search_path = %s".formatted(where.url().replaceFirst(".*/", ""), path);
    }

    @Test
    void tablesOfANewerVersionAreRefused() throws SQLException {
        var other = database("");
        other.open().close();
        execute(
                other,
                "insert into flyway_schema_history (installed_rank, version, description, type, script, installed_by, execution_time, success)"
                        + " values (99, '99', 'later', 'SQL', 'V99__later.sql', 'x', 1, true)");

        assertRefused(other, "newer version of sms-runner (99, this one supports", "Use that version or a later one");
    }

    @Test
    void aFailedUpdateIsReportedInOneLine() throws SQLException {
        var other = database("");
        var role = "guest_" + System.nanoTime();
        other.open().close();
        execute(
                other,
                "delete from flyway_schema_history where version in ('10', '11')",
                "create role %s login password 'secret'".formatted(role),
                "grant all on all tables in schema public to " + role,
                "grant create on schema public to " + role);

        assertRefused(as(other, role), "Its tables cannot be updated", "must be owner of");
    }

    /**
     * Two JDBC connections over one session of a real server: what a pooler in transaction mode gives between
     * transactions.
     */
    @Test
    void sharedSessionsAreRefused() throws SQLException {
        try (var physical = postgres.connect()) {
            var shared = new SingleConnectionDataSource(physical, true);

            assertThatThrownBy(() -> new ServerCheck(shared).verify())
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("pooler in transaction mode")
                    .hasMessageContaining("pool_mode=session")
                    .message()
                    .hasLineCount(1);
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "TEST_PGBOUNCER", matches = ".+")
    void aPoolerThatRejectsAParameterIsRefused() throws Exception {
        try (var bouncer = PgBouncer.start(data, database(""), "session")) {
            assertRefused(
                    inSchema(bouncer.database(), "public"),
                    "connection pooler answers there and rejects a parameter",
                    "search_path");
        }
    }

    /** With the real PgBouncer where the machine has one: its path is in {@code TEST_PGBOUNCER}. */
    @ParameterizedTest
    @ValueSource(strings = {"transaction", "statement", "session"})
    @EnabledIfEnvironmentVariable(named = "TEST_PGBOUNCER", matches = ".+")
    void pgBouncerIsUsableInSessionModeOnly(String mode) throws Exception {
        var other = database("");
        try (var bouncer = PgBouncer.start(data, other, mode)) {
            if (mode.equals("session")) {
                bouncer.database().open().close();
            } else {
                assertRefused(bouncer.database(), "pooler in transaction mode", "pool_mode=session");
            }
        }
    }
}
