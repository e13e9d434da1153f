package dev.smsrunner.ledger;

import dev.smsrunner.database.Database;
import dev.smsrunner.support.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Ledger on the embedded database. */
class LedgerTests extends LedgerContract {

    private static Database database;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
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
