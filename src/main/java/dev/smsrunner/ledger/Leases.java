package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Table of leases: one row per job file and inventory, valid for 15 seconds. Only the clock of the database counts, so
 * clocks of machines do not matter. The token grows with every holder.
 */
public final class Leases {

    private static final String TAKE = """
            update lease set token = token + 1, holder_host = ?, holder_space = ?, holder_pid = ?, holder_started = ?,
              held_since = current_timestamp, held_until = current_timestamp + interval '15' second
            where name = ? and token = ? and held_until is not distinct from ?
            """;

    private final JdbcTemplate jdbc;

    /** Uses the tables of the given database. */
    public Leases(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** Lease of that name; added when it does not exist. */
    public Lease find(String name) {
        var found = jdbc.query("""
                select name, token, holder_host, holder_space, holder_pid, holder_started, held_since, held_until,
                  case when held_until < current_timestamp
                    or held_until > current_timestamp + interval '17' second then 1 else 0 end as expired
                from lease where name = ?
                """, Leases::read, name);
        return found.isEmpty() ? add(name) : found.get(0);
    }

    /**
     * Takes the lease for this process, if it is unchanged since it was read.
     *
     * @return whether this process has it now, with the next token
     */
    public boolean take(Lease found, LeaseHolder holder) {
        return 1
                == jdbc.update(
                        TAKE,
                        holder.host(),
                        holder.space(),
                        holder.pid(),
                        holder.started(),
                        found.name(),
                        found.token(),
                        ColumnCodec.ofInstant(found.until()));
    }

    /** Renews the lease; false when another process has taken it. */
    public boolean renew(String name, long token) {
        return 1
                == jdbc.update(
                        "update lease set held_until = current_timestamp + interval '15' second where name = ? and token = ?",
                        name,
                        token);
    }

    /** Releases the lease; its token is never used again. */
    public void release(String name, long token) {
        jdbc.update("update lease set holder_host = null, held_until = null where name = ? and token = ?", name, token);
    }

    private Lease add(String name) {
        try {
            jdbc.update("insert into lease (name, token) values (?, 0)", name);
        } catch (DuplicateKeyException ex) {
            return find(name);
        }
        return find(name);
    }

    private static Lease read(ResultSet at, int index) throws SQLException {
        return new Lease(
                Objects.requireNonNull(at.getString("name")),
                at.getLong("token"),
                at.getString("holder_host"),
                at.getString("holder_space"),
                at.getLong("holder_pid"),
                at.getString("holder_started"),
                toInstant(at, "held_since"),
                toInstant(at, "held_until"),
                at.getInt("expired") == 1);
    }
}
