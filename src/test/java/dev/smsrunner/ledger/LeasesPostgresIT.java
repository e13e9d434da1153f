package dev.smsrunner.ledger;

import dev.smsrunner.database.Database;
import dev.smsrunner.support.TestDatabases;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Leases on PostgreSQL. */
class LeasesPostgresIT extends LeasesContract {

    private static Database database;

    @BeforeAll
    static void open() {
        database = TestDatabases.postgres().open();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Database database() {
        return database;
    }
}
