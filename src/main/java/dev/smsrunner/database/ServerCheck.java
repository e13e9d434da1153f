package dev.smsrunner.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Checks a PostgreSQL database before the runner creates or updates its tables. It changes nothing. */
final class ServerCheck {

    /** Script that only the runner has, in the tables of each of its versions. */
    private static final String OWN_SCRIPT = "V1__spring_batch_6_0_4.sql";

    /** Rounds in which a pooler under load shows that it shares its connections. */
    private static final int ROUNDS = 4;

    private static final String HISTORY = "flyway_schema_history";

    /** History in the schema that gets the tables; another schema of the search path may hold one of another program. */
    private static final String OWN_HISTORY =
            "select to_regclass(quote_ident(current_schema()) || '.flyway_schema_history')";

    /** Schemas of the search path whose history this role may read, in their order. */
    private static final String OTHER_HISTORIES = """
            select n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relname = 'flyway_schema_history'
              and n.nspname = any (current_schemas(false))
              and has_table_privilege(c.oid, 'SELECT')
            order by array_position(current_schemas(false), n.nspname)
            """;

    /** Facts that decide. */
    private static final String FACTS = """
            select current_setting('server_encoding') as encoding,
                   pg_is_in_recovery() as replica,
                   current_setting('transaction_read_only') as read_only,
                   current_setting('synchronous_commit') as commits,
                   current_schema() as schema,
                   current_setting('search_path') as path,
                   current_user as role,
                   has_database_privilege(current_database(), 'CREATE') as may_create_schema,
                   coalesce(has_schema_privilege(current_schema(), 'CREATE'), false) as may_create
            """;

    /** A table or view of the schema; those of extensions do not count. */
    private static final String STRANGER = """
            select min(c.relname) from pg_class c
            where c.relnamespace = (select oid from pg_namespace where nspname = current_schema())
              and c.relkind in ('r', 'p', 'v', 'm', 'f')
              and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
            """;

    private final DataSource source;
    private final JdbcTemplate jdbc;

    ServerCheck(DataSource source) {
        this.source = source;
        this.jdbc = new JdbcTemplate(source);
    }

    /**
     * Checks the database.
     *
     * @throws DatabaseException when the runner cannot use it; the message contains the remedy
     */
    void verify() {
        verifyOwnSession();
        var facts = jdbc.queryForMap(FACTS);
        verifyWritable(facts);
        boolean hasHistory = jdbc.queryForObject(OWN_HISTORY, Object.class) != null;
        if (hasHistory) {
            verifyOwnHistory();
        } else {
            verifyNoLaterSchema(facts);
        }
        if (Schema.version(source) < Schema.VERSION) {
            verifyRoomForTables(facts, hasHistory);
        }
    }

    private static void verifyWritable(Map<String, Object> facts) {
        if (Boolean.TRUE.equals(facts.get("replica"))) {
            throw refusal("It is a read-only replica. Use the primary.");
        }
        if ("on".equals(facts.get("read_only"))) {
            throw refusal(
                    "It is read-only for the role %s (default_transaction_read_only is on). Turn this setting off for the database and the role, or use another database."
                            .formatted(facts.get("role")));
        }
        if ("off".equals(facts.get("commits"))) {
            throw refusal(
                    "It would lose commits in a crash (synchronous_commit is off). Enable synchronous_commit for this database.");
        }
    }

    /** Requires that the migration history is that of the runner. */
    private void verifyOwnHistory() {
        try {
            var count = jdbc.queryForObject(
                    "select count(*) from flyway_schema_history where script = ?", Integer.class, OWN_SCRIPT);
            var all = jdbc.queryForObject("select count(*) from flyway_schema_history", Integer.class);
            if (Objects.equals(count, 0) && !Objects.equals(all, 0)) {
                throw Schema.foreignSchema("the migration history (%s)".formatted(HISTORY), null);
            }
        } catch (DataAccessException ex) {
            throw new DatabaseException(
                    "The user cannot read the table %s: %s. Grant the rights of docs/database.md, or name another schema with ?currentSchema=NAME."
                            .formatted(HISTORY, DatabaseException.innermost(ex)),
                    ex);
        }
    }

    /** Requires that no later schema of the search path has the runs, which an empty ledger would hide. */
    private void verifyNoLaterSchema(Map<String, Object> facts) {
        for (var other : jdbc.queryForList(OTHER_HISTORIES, String.class)) {
            if (isOwn(quoted(other) + "." + HISTORY)) {
                throw refusal(
                        "Its schema %s has no tables of the runner, but the schema %s of the search path has. Add currentSchema=%s to the URL to continue those runs, or currentSchema=%s to begin an empty ledger."
                                .formatted(facts.get("schema"), other, other, facts.get("schema")));
            }
        }
    }

    private boolean isOwn(String history) {
        try {
            var count = jdbc.queryForObject(
                    "select count(*) from %s where script = ?".formatted(history), Integer.class, OWN_SCRIPT);
            return !Objects.equals(count, 0);
        } catch (DataAccessException ex) {
            return false; // another program's table of that name
        }
    }

    /** Checks what only new or older tables need: a database that is in use stays usable. */
    private void verifyRoomForTables(Map<String, Object> facts, boolean hasHistory) {
        var schema = (String) facts.get("schema");
        if (schema == null) {
            throw missingSchema(facts);
        }
        if (!hasHistory && !"UTF8".equals(facts.get("encoding"))) {
            throw refusal(
                    "Its encoding is %s, so it cannot store every name. Create a database with: CREATE DATABASE NAME ENCODING 'UTF8' TEMPLATE template0."
                            .formatted(facts.get("encoding")));
        }
        var stranger = hasHistory ? null : jdbc.queryForObject(STRANGER, String.class);
        if (stranger != null) {
            throw Schema.foreignSchema("tables (for example %s.%s)".formatted(schema, stranger), null);
        }
        if (!Boolean.TRUE.equals(facts.get("may_create"))) {
            throw refusal(
                    "The role %s must not create tables in the schema %s. Run: GRANT CREATE ON SCHEMA %s TO %s. Or name a schema of that role with ?currentSchema=NAME."
                            .formatted(facts.get("role"), schema, quoted(schema), quoted(facts.get("role"))));
        }
    }

    private static DatabaseException missingSchema(Map<String, Object> facts) {
        return refusal(
                "It has no schema of the search path %s that the role %s may use. Create the schema, or name another with ?currentSchema=NAME."
                        .formatted(facts.get("path"), facts.get("role")));
    }

    private static DatabaseException refusal(String message) {
        return new DatabaseException(message, null);
    }

    private static String quoted(@Nullable Object name) {
        var text = String.valueOf(name);
        return text.matches("[a-z_][a-z0-9_]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /**
     * Requires that each connection keeps its session, whose settings and prepared statements the driver and the runner rely
     * on. Two open connections to PostgreSQL never share a server process; those to a pooler in transaction mode do.
     */
    private void verifyOwnSession() {
        try (var first = source.getConnection();
                var second = source.getConnection()) {
            if (sharesSessions(first, second)) {
                throw DatabaseException.sharedSessions();
            }
        } catch (SQLException ex) {
            throw new DatabaseException(
                    "Its sessions cannot be checked: %s. Run the same command again when it is available."
                            .formatted(DatabaseException.innermost(ex)),
                    ex);
        }
    }

    private static boolean sharesSessions(Connection first, Connection second) throws SQLException {
        Set<Integer> ofFirst = new HashSet<>();
        Set<Integer> ofSecond = new HashSet<>();
        for (int round = 0; round < ROUNDS; round++) {
            ofFirst.add(backend(first));
            ofSecond.add(backend(second));
        }
        return ofFirst.size() > 1 || ofSecond.size() > 1 || ofFirst.equals(ofSecond);
    }

    /** Without a prepared statement, which a pooler may lose. */
    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select pg_backend_pid()")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
