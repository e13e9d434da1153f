package dev.smsrunner.ledger;

import dev.smsrunner.database.Database;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Leases on the embedded database of another process, through its socket. */
class ServedLeasesTests extends LeasesContract {

    private static Served served;

    @BeforeAll
    static void open(@TempDir Path data) {
        served = Served.in(data);
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Override
    Database database() {
        return served.client();
    }
}
