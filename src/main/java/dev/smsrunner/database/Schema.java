package dev.smsrunner.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables, as the scripts under {@code db/migration} make them. */
final class Schema {

    /**
     * The version of the latest script. The next script gets the next number: 6 and 8 were never used, and a script of such a
     * number would not be run on tables of version 9.
     */
    static final int VERSION = 9;

    private Schema() {}

    /**
     * Brings the tables up to date. Flyway takes half a second to find that there is nothing to do, so it is asked only when
     * there is. A script that failed or was cut off is run again from its beginning, where nothing is done twice.
     *
     * @throws DatabaseException when that is not possible, or the tables are of a newer version
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
            throw new DatabaseException(
                    "Its tables cannot be brought up to date: %s. Mend that and run the same command again."
                            .formatted(ex.getMessage()),
                    ex);
        }
    }

    /**
     * For a database that another process has open: its tables are not changed under it.
     *
     * @throws DatabaseException when the tables are of another version
     */
    static void verifyCurrent(DataSource source) {
        int version = version(source);
        if (version < VERSION) {
            throw new DatabaseException(
                    "Its tables are those of an earlier version of sms-runner (%d, this one needs %d), and a process of that version has it open. End that process, then give the same command again."
                            .formatted(version, VERSION),
                    null);
        }
        if (version > VERSION) {
            throw newerVersion(version);
        }
    }

    private static DatabaseException newerVersion(int version) {
        return new DatabaseException(
                "Its tables are those of a newer version of sms-runner (%d, this one knows %d). Use that version or a later one."
                        .formatted(version, VERSION),
                null);
    }

    /** The latest script that was run to its end, 0 when there was none. */
    private static int version(DataSource source) {
        try {
            var version = new JdbcTemplate(source)
                    .queryForObject(
                            "select max(cast(version as integer)) from flyway_schema_history where success",
                            Integer.class);
            return version == null ? 0 : version;
        } catch (DataAccessException ex) {
            return 0;
        }
    }
}
