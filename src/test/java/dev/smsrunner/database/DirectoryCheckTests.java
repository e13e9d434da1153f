package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.smsrunner.support.PrivateFiles;
import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.h2.api.Trigger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data directories that are opened, and directories that are refused before anything in them is opened. */
class DirectoryCheckTests {

    /** Planted code that the database executes when its file is opened. */
    public static final class Planted implements Trigger {

        static volatile boolean executed;

        @Override
        public void init(Connection on, String schema, String trigger, String table, boolean before, int type) {
            executed = true;
        }

        @Override
        public void fire(Connection on, Object[] old, Object[] current) {
            executed = true;
        }
    }

    @TempDir
    private Path directory;

    private Path data;
    private int me;

    @BeforeEach
    void openedDirectory() throws IOException {
        me = EffectiveUser.uid();
        data = directory.resolve("data");
        for (var name : List.of("", "db", "logs")) {
            PrivateDirectory.create(data.resolve(name));
        }
        for (var name : List.of("key", "known", "lock", "mv.db")) {
            PrivateFiles.create(data.resolve("db/sms-runner." + name));
        }
        Files.writeString(data.resolve("logs/a.log"), "");
    }

    @Test
    void ownDirectoryPasses() throws IOException {
        assertThat(DirectoryCheck.of(data)).isEqualTo(data.toRealPath());
        assertThat(me).isEqualTo(Files.getAttribute(data, "unix:uid"));
    }

    @ParameterizedTest
    @CsvSource({
        "., rwxrwxr-x, 0775",
        "., rwxr-xrwx, 0757",
        "db, rwx-w--w-, 0722",
        "logs, rwxrwxrwx, 0777",
        "db/sms-runner.mv.db, rw-rw-r--, 0664",
        "db/sms-runner.key, rw-rw-rw-, 0666",
        "db/sms-runner.lock, rw--w----, 0620"
    })
    void writableByOthersIsRefusedWithCommand(String path, String mode, String shown) throws IOException {
        var open = data.resolve(path).normalize();
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));

        assertThat(problems(me)).singleElement().asString().contains("(mode " + shown + ")", "chmod go-w " + open);
    }

    @Test
    void parentMayBelongToOthers() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(problems(me)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "db", "db/sms-runner.mv.db"})
    void replacedFileIsNotOpened(String replaced) throws IOException, SQLException {
        Files.delete(data.resolve("db/sms-runner.mv.db"));
        plant(data);
        var checked = new CheckedDirectory(DirectoryCheck.of(data));
        var path = data.resolve(replaced).normalize();
        Files.move(path, directory.resolve("away"));
        for (var name : List.of("", "db")) {
            PrivateDirectory.create(data.resolve(name));
        }
        plant(data);
        Planted.executed = false;

        try (var source = new EmbeddedSource(checked)) {
            assertThatThrownBy(() -> source.getConnection(Duration.ZERO))
                    .isInstanceOf(UnsafeDirectoryException.class)
                    .hasMessageStartingWith(path + " was replaced");
        }
        assertThat(Planted.executed).isFalse();
    }

    @Test
    void directoryMadeWritableAfterCheckIsNotOpened() throws IOException {
        var checked = new CheckedDirectory(DirectoryCheck.of(data));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));

        try (var source = new EmbeddedSource(checked)) {
            assertThatThrownBy(() -> source.getConnection(Duration.ZERO)).isInstanceOf(UnsafeDirectoryException.class);
        }
    }

    @Test
    void linkToUnsupportedPathIsRefused() throws IOException {
        var real = Files.createDirectory(directory.resolve("a;INIT=x"));
        var link = Files.createSymbolicLink(directory.resolve("link"), real);

        assertThatThrownBy(() -> TestDatabases.embedded(link))
                .isInstanceOf(UnsafeDirectoryException.class)
                .hasMessageContaining("semicolon");
        assertThat(real).isEmptyDirectory();
    }

    @Test
    void fileOfOtherUserIsRefused() throws IOException {
        int other = aStranger(data.resolve("db/sms-runner.mv.db"));

        assertThat(problems(me == 0 ? me : other))
                .anySatisfy(problem -> assertThat(problem)
                        .contains("belongs to user ", "sudo -u ", "Only if no process uses", "chown -hR"));
    }

    @Test
    void adviceForAnUnknownUserNamesItsId() throws IOException {
        assumeThat(me).as("only root can give a file away").isZero();
        aStranger(data.resolve("db/sms-runner.mv.db"));

        assertThat(problems(me))
                .anySatisfy(problem ->
                        assertThat(problem).contains("user id 4711 (this process: id 0)", "sudo -u '#4711'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"db", "logs", "db/sms-runner.mv.db", "db/sms-runner.key", "db/other"})
    void linkInsideIsRefused(String path) throws IOException {
        var link = data.resolve(path);
        var away = directory.resolve("away");
        if (Files.exists(link)) {
            Files.move(link, away);
        }
        Files.createSymbolicLink(link, away);

        assertThat(problems(me)).singleElement().asString().contains(link + " is a symbolic link");
    }

    @Test
    void ownLinkToDirectoryIsFollowed() throws IOException {
        Files.createDirectory(directory.resolve("sub"));
        var link = Files.createSymbolicLink(directory.resolve("sub/link"), Path.of("../data"));

        assertThat(DirectoryCheck.of(link)).isEqualTo(data.toRealPath());
    }

    @Test
    void allProblemsAreReported() throws IOException {
        Files.setPosixFilePermissions(data.resolve("logs"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createSymbolicLink(data.resolve("db/a"), data);
        Files.setPosixFilePermissions(
                data.resolve("db/sms-runner.known"), PosixFilePermissions.fromString("rw-rw----"));

        assertThat(problems(me)).hasSize(3);
    }

    @Test
    void leftoverOfDriverIsAccepted() throws IOException {
        var leftover = Files.writeString(data.resolve("db/sms-runner.1.temp.db"), "");
        Files.setPosixFilePermissions(leftover, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(DirectoryCheck.of(data)).isEqualTo(data.toRealPath());
    }

    @Test
    void readableDirectoryIsRestrictedBeforeOpening() throws IOException {
        Files.setPosixFilePermissions(data.resolve("db"), PosixFilePermissions.fromString("rwxr-xr-x"));

        DirectoryCheck.of(data);

        assertThat(DatabaseTests.mode(data.resolve("db"))).isEqualTo("rwx------");
    }

    @Test
    void pipeDoesNotBlock() throws Exception {
        Files.delete(data.resolve("db/sms-runner.mv.db"));
        Files.delete(data.resolve("db/sms-runner.known"));
        var pipe = data.resolve("db/sms-runner.known").toString();
        assumeThat(new ProcessBuilder("mkfifo", pipe).start().waitFor()).isZero();

        assertThat(Database.existsIn(data)).isFalse();
    }

    @Test
    void codeOfPlantedDatabaseIsNotExecuted() throws IOException, SQLException {
        var planted = directory.resolve("planted");
        plant(planted);
        Planted.executed = false;
        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> TestDatabases.embedded(planted))
                .isInstanceOf(UnsafeDirectoryException.class)
                .hasMessageContaining(planted.toString())
                .hasMessageContaining("--data");
        assertThat(Planted.executed).isFalse();

        Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwx------"));
        assertThatThrownBy(() -> TestDatabases.embedded(planted)).isInstanceOf(DatabaseException.class);
        assertThat(Planted.executed).as("the planted code is real").isTrue();
    }

    /** A database that executes code when the runner opens it. */
    private static void plant(Path planted) throws IOException, SQLException {
        Files.createDirectories(planted.resolve("db"));
        try (var connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + planted.resolve("db/sms-runner")
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH",
                        "sms_runner",
                        "");
                var statement = connection.createStatement()) {
            statement.execute("create table lease (name varchar primary key)");
            statement.execute("create trigger t before select on lease call '%s'".formatted(Planted.class.getName()));
        }
    }

    private List<String> problems(int user) {
        try {
            DirectoryCheck.of(data, user);
            return List.of();
        } catch (UnsafeDirectoryException ex) {
            return ex.problems();
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    /** Gives the file to another user if this process may; otherwise the check uses another user id. */
    private int aStranger(Path file) throws IOException {
        if (me == 0) {
            Files.setAttribute(file, "unix:uid", 4711);
        }
        return me + 1;
    }
}
