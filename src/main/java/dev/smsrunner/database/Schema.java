package dev.smsrunner.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tables from the scripts under {@code db/migration}. */
final class Schema {

    /**
     * Version of the latest script. The next script gets the next number: 6 and 8 were never used, and Flyway would not run
     * a script with such a number on tables of version 9.
     */
    static final int VERSION = 11;

    private static final String CURRENT_VERSION = """
            select max(cast(version as integer)) from flyway_schema_history
            where success and exists (
              select 1 from information_schema.tables
              where table_name = 'flyway_schema_history' and table_schema = current_schema)
            """;

    private Schema() {}

    /**
     * Updates the tables. Flyway takes half a second for its check, so it runs only when needed. A script that failed or was
     * interrupted runs again from its start, and repeats no step.
     *
     * @throws DatabaseException when the update fails, or the tables are of a newer version
     */
    static void bringUpToDate(DataSource source) {
        int version = version(source);
        if (version == VERSION) {
            return;
        }
        if (version > VERSION) {
            throw newerVersion(version);
        }
        try {
            var flyway = Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .load();
            flyway.repair();
            flyway.migrate();
        } catch (FlywayException ex) {
            if (ex.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
                throw foreignSchema("functions, types or sequences", ex);
            }
            throw new DatabaseException(
                    "Its tables cannot be updated: %s. Fix the cause, then run the same command again."
                            .formatted(firstLine(DatabaseException.innermost(ex))),
                    ex);
        }
    }

    /** Failure of a schema that holds something else. */
    static DatabaseException foreignSchema(String what, @Nullable Throwable cause) {
        return new DatabaseException(
                "Its schema holds %s of another program. Name an empty schema with ?currentSchema=NAME in the URL, or use another database."
                        .formatted(what),
                cause);
    }

    /** The cause without the script, the statement and the hints that follow it. */
    private static String firstLine(String text) {
        return text.strip().lines().findFirst().orElse(text).replaceFirst("\\.$", "");
    }

    /**
     * Checks the version of a database that another process has open: its tables must not be changed.
     *
     * @throws DatabaseException when the tables are of another version
     */
    static void verifyCurrent(DataSource source) {
        int version = version(source);
        if (version < VERSION) {
            throw new DatabaseException(
                    "Its tables are of an earlier version of sms-runner (%d, this one needs %d), and a process of that version has it open. Terminate that process, then run the same command again."
                            .formatted(version, VERSION),
                    null);
        }
        if (version > VERSION) {
            throw newerVersion(version);
        }
    }

    private static DatabaseException newerVersion(int version) {
        return new DatabaseException(
                "Its tables are of a newer version of sms-runner (%d, this one supports %d). Use that version or a later one."
                        .formatted(version, VERSION),
                null);
    }

    /**
     * Latest completed script in the current schema, 0 when there is none. A later schema of the search path may belong to
     * another program.
     */
    static int version(DataSource source) {
        try {
            var version = new JdbcTemplate(source).queryForObject(CURRENT_VERSION, Integer.class);
            return version == null ? 0 : version;
        } catch (DataAccessException ex) {
            return 0;
        }
    }
}
