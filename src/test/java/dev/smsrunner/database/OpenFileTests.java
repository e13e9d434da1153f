package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Served;
import dev.smsrunner.support.TestDatabases;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Ownership of the embedded database file, and access of other processes. */
class OpenFileTests {

    @TempDir
    private Path data;

    @Test
    void noPortIsOpened() throws IOException {
        try (var control = new ServerSocket(0)) {
            assertThat(listening()).as("the scan of listening ports works").contains(control.getLocalPort());
        }
        var before = listening();
        try (var served = Served.in(data)) {
            new Leases(served.client().source()).find("a");

            assertThat(data.resolve("db/sms-runner.sock")).exists();
            assertThat(data.resolve("db/sms-runner.lock.db")).doesNotExist();
            assertThat(listening()).isEqualTo(before);
        }
    }

    @Test
    void clientOpensFileAfterOwnerEnds() throws SQLException {
        var holder = TestDatabases.embedded(data);
        var source = new EmbeddedSource(new EmbeddedPaths(data.resolve("db")));
        try (var first = source.getConnection()) {
            assertThat(first.isValid(5)).isTrue();
            new Leases(holder.source()).find("kept");

            holder.close();

            assertThat(first.isValid(5)).isFalse();
            assertThat(data.resolve("db/sms-runner.sock")).doesNotExist();
        }
        try (var next = TestDatabases.embedded(data)) {
            assertThat(new Leases(next.source()).find("kept").token()).isZero();
        }
    }

    @Test
    void poolDropsConnectionsOfEndedOwner() {
        var holder = TestDatabases.embedded(data);
        try (var client = Served.client(data)) {
            new Leases(client.source()).find("a");
            holder.close();
            try (var next = TestDatabases.embedded(data)) {
                new JdbcTemplate(next.source()).update("update lease set token = 5 where name = 'a'");

                assertThat(new Leases(client.source()).find("a").token()).isEqualTo(5);
            }
        }
    }

    @Test
    void twoConcurrentOpensShareTheFile() {
        for (int round = 0; round < 3; round++) {
            var directory = data.resolve("round" + round);
            var first = CompletableFuture.supplyAsync(() -> TestDatabases.embedded(directory));
            var second = CompletableFuture.supplyAsync(() -> TestDatabases.embedded(directory));
            try (var one = first.join();
                    var two = second.join()) {
                new Leases(one.source()).find("a");

                assertThat(new Leases(two.source()).find("a").token()).isZero();
            }
        }
    }

    @Test
    void lockFileOfEarlierVersionIsIgnored() throws IOException {
        Files.createDirectories(data.resolve("db"));
        Files.writeString(
                data.resolve("db/sms-runner.lock.db"), "#FileLock\nserver=127.0.0.1\\:1\nmethod=file\nid=1\n");

        try (var opened = TestDatabases.embedded(data)) {
            new Leases(opened.source()).find("a");
            assertThat(data.resolve("db/sms-runner.lock.db")).doesNotExist();
        }
    }

    @Test
    void fileOpenInEarlierVersionIsRefused() throws IOException {
        TestDatabases.embedded(data).close();
        try (var locked = FileChannel.open(data.resolve("db/sms-runner.mv.db"), StandardOpenOption.WRITE)) {
            assertThat(locked.tryLock()).isNotNull();

            assertThatThrownBy(() -> new EmbeddedFile(data).open(Duration.ofMillis(100)))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("of an earlier version of sms-runner")
                    .hasMessageContaining("use its version");
        }
        TestDatabases.embedded(data).close();
    }

    @Test
    void ownerWithoutServerIsNamedAfterWait() throws IOException {
        TestDatabases.embedded(data).close();
        try (var locked = FileChannel.open(data.resolve("db/sms-runner.lock"), StandardOpenOption.WRITE)) {
            assertThat(locked.tryLock()).isNotNull();

            assertThatThrownBy(() -> new EmbeddedSource(new EmbeddedPaths(data.resolve("db")))
                            .getConnection(Duration.ofMillis(100)))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            failure -> assertThat(failure.getSQLState()).startsWith("08"));
        }
    }

    @Test
    void suspendedOwnerIsNamed() throws IOException {
        TestDatabases.embedded(data).close();
        var paths = new EmbeddedPaths(data.resolve("db"));
        new EmbeddedFileOwnerProbe(4711, "dashboard").write(paths.owner());
        try (var silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(paths.socket()));

            assertThatThrownBy(() -> new EmbeddedSource(paths).getConnection(Duration.ofMillis(100)))
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasNoCause()
                    .hasMessageContaining("process 4711 (\"dashboard\") has the embedded database open")
                    .hasMessageContaining("kill -CONT 4711");
        }
    }

    @Test
    void ownerWritesItsPid() throws IOException {
        var file = data.resolve("db/sms-runner.holder");
        try (var opened = TestDatabases.embedded(data)) {
            assertThat(opened.source()).isNotNull();
            assertThat(EmbeddedFileOwnerProbe.read(file).orElseThrow().pid())
                    .isEqualTo(ProcessHandle.current().pid());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        Files.writeString(file, "no process");
        assertThat(EmbeddedFileOwnerProbe.describe(file)).isEqualTo("another process");
        assertThat(EmbeddedFileOwnerProbe.resumeCommand(file)).isEqualTo("kill -CONT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/opt/sms-runner.jar dashboard --port 9 | dashboard",
                "dev.smsrunner.Main run job.yaml --db-url x | run job.yaml",
                "sms-runner.jar | ''",
                "'' | ''"
            })
    void ownerCommandHasNoOptions(String line, String command) {
        assertThat(EmbeddedFileOwnerProbe.command(line)).isEqualTo(command);
    }

    @Test
    void tablesOpenInOtherProcessAreNotChanged() {
        try (var served = Served.in(data)) {
            assertThat(served.client()).isNotNull();
            Schema.verifyCurrent(served.client().source());
            new JdbcTemplate(served.holder().source())
                    .update("delete from flyway_schema_history where version = ?", String.valueOf(Schema.VERSION));

            assertThatThrownBy(() -> Schema.verifyCurrent(served.client().source()))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("a process of that version has it open");
        }
    }

    @Test
    void uncommittedWorkOfClientIsRolledBack() throws SQLException {
        try (var served = Served.in(data)) {
            new Leases(served.holder().source()).find("a");
            try (var client = served.client().connect()) {
                client.setAutoCommit(false);
                client.createStatement().executeQuery("select * from lease where name = 'a' for update");
                client.createStatement().executeUpdate("update lease set token = 9");
            }
            var jdbc = new JdbcTemplate(served.holder().source());

            await().ignoreExceptionsInstanceOf(DataAccessException.class)
                    .until(() -> jdbc.update("update lease set token = token + 1") == 1);
            assertThat(jdbc.queryForObject("select token from lease", Integer.class))
                    .isEqualTo(1);
        }
    }

    /** The TCP ports on which this process listens, by its descriptors and the kernel's table. */
    private static Set<Integer> listening() throws IOException {
        Set<String> ours;
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            ours = descriptors
                    .map(OpenFileTests::target)
                    .filter(target -> target.startsWith("socket:["))
                    .map(target -> target.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        }
        var ports = new HashSet<Integer>();
        for (var table : new String[] {"/proc/self/net/tcp", "/proc/self/net/tcp6"}) {
            for (var line :
                    Files.exists(Path.of(table)) ? Files.readAllLines(Path.of(table)) : java.util.List.<String>of()) {
                var fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[3].equals("0A") && ours.contains(fields[9])) {
                    ports.add(Integer.parseInt(fields[1].replaceFirst(".*:", ""), 16));
                }
            }
        }
        return ports;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException ex) {
            return "";
        }
    }
}
