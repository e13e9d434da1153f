package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.Leases;
import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Password of the embedded database. */
class EmbeddedLoginTests {

    @TempDir
    private Path data;

    @Test
    void newDatabaseHasRandomPasswordInPrivateFile() throws IOException {
        useOnce();

        assertThat(DatabaseTests.mode(keyFile())).isEqualTo("rw-------");
        assertThat(Files.readString(keyFile())).matches("[A-Za-z0-9+/]{43}=\n");
        assertThat(Database.embeddedPassword(data))
                .hasValue(Files.readString(keyFile()).strip());
        assertThatThrownBy(() -> connect("")).isInstanceOf(SQLException.class);
        assertThat(opensWith(key())).isTrue();
    }

    @Test
    void databaseOfEarlierVersionGetsPassword() throws IOException, SQLException {
        aDatabaseWithoutPassword();

        useOnce();

        assertThat(opensWith(key())).isTrue();
        assertThatThrownBy(() -> connect("")).isInstanceOf(SQLException.class);
        try (var database = TestDatabases.embedded(data)) {
            assertThat(new Leases(database.source()).find("kept").token()).isEqualTo(7);
        }
    }

    @Test
    void killAfterKeyFileLeavesUsableDatabase() throws IOException, SQLException {
        aDatabaseWithoutPassword();
        var written = new DatabaseKey(data.resolve("db")).create();

        try (var database = TestDatabases.embedded(data)) {
            assertThat(new Leases(database.source()).find("kept").token()).isEqualTo(7);
        }
        assertThat(key()).isEqualTo(written);
        assertThat(opensWith(written)).isTrue();
    }

    @Test
    void killBeforeNewDatabaseLeavesUsableDatabase() throws IOException {
        useOnce();
        Files.writeString(data.resolve("db/sms-runner.mv.db"), "");

        useOnce();

        assertThat(opensWith(key())).isTrue();
    }

    @Test
    void lostOrWrongPasswordIsReportedWithRemedy() throws IOException {
        useOnce();
        Files.move(keyFile(), data.resolve("key"));

        assertThatThrownBy(this::useOnce)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(keyFile() + " is missing")
                .hasMessageContaining("from a backup");
        assertThat(keyFile()).doesNotExist();

        new DatabaseKey(data.resolve("db")).create();
        assertThatThrownBy(this::useOnce)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(keyFile() + " does not fit");

        Files.writeString(keyFile(), "c2hvcnQ=");
        assertThatThrownBy(this::useOnce).isInstanceOf(DatabaseException.class).hasMessageContaining("is damaged");

        Files.move(data.resolve("key"), keyFile(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        useOnce();
    }

    private void useOnce() {
        try (var database = TestDatabases.embedded(data)) {
            new Leases(database.source()).find("a");
        }
    }

    /** Database as earlier versions created it. */
    private void aDatabaseWithoutPassword() throws IOException, SQLException {
        useOnce();
        try (var connection = connect(key());
                var statement = connection.createStatement()) {
            statement.execute("insert into lease (name, token) values ('kept', 7)");
            statement.execute("set password ''");
        }
        Files.delete(keyFile());
        assertThat(opensWith("")).isTrue();
    }

    private boolean opensWith(String password) {
        try (var connection = connect(password)) {
            return connection.isValid(5);
        } catch (SQLException ex) {
            return false;
        }
    }

    private Connection connect(String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:h2:file:" + data.resolve("db/sms-runner")
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;IFEXISTS=TRUE",
                "sms_runner",
                password);
    }

    private String key() throws IOException {
        return Files.readString(keyFile()).strip();
    }

    private Path keyFile() {
        return data.resolve("db/sms-runner.key");
    }
}
