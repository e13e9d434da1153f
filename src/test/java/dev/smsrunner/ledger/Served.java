package dev.smsrunner.ledger;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.EmbeddedPaths;
import dev.smsrunner.database.EmbeddedSource;
import dev.smsrunner.support.TestDatabases;
import java.nio.file.Path;

/** Embedded database as another process uses it: through the socket of the process that has the file open. */
public record Served(Database holder, Database client) implements AutoCloseable {

    public static Served in(Path data) {
        var holder = TestDatabases.embedded(data);
        return new Served(holder, client(data));
    }

    /** Another client of a database that is open. */
    public static Database client(Path data) {
        return new Database(new EmbeddedSource(new EmbeddedPaths(data.resolve("db"))));
    }

    @Override
    public void close() {
        client.close();
        holder.close();
    }
}
