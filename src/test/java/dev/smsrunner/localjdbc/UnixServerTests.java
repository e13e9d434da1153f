package dev.smsrunner.localjdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Database server behind a socket, with well-behaved and hostile clients. */
class UnixServerTests {

    private static final Duration IDLE = Duration.ofSeconds(1);

    @TempDir
    private Path directory;

    private Path socket;
    private UnixServer.Source source;
    private Connection database;
    private UnixServer server;

    @BeforeEach
    void start() throws IOException, SQLException {
        var url = "jdbc:h2:mem:%s;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE".formatted(directory.getFileName());
        database = DriverManager.getConnection(url);
        execute(database, "create table t (id bigint generated always as identity primary key, name text unique)");
        socket = directory.resolve("s");
        source = () -> DriverManager.getConnection(url);
        server = start(socket, Duration.ofMinutes(10), Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() throws SQLException {
        server.close();
        database.close();
    }

    private UnixServer start(Path at, Duration outsideTransaction, Duration beforeEviction) throws IOException {
        return UnixServer.start(at, source, new ServerSession.Limits(IDLE, outsideTransaction, beforeEviction));
    }

    private Connection client() throws IOException, SQLException {
        return new UnixDataSource(socket).connect();
    }

    @Test
    void theSocketHasMode0600() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
    }

    @Test
    void aPathOfTwoHundredCharactersIsServed() throws IOException, SQLException {
        var far = Files.createDirectories(directory.resolve("x".repeat(100)).resolve("y".repeat(100)));
        try (var long200 = UnixServer.start(far.resolve("s"), () -> DriverManager.getConnection("jdbc:h2:mem:far"));
                var client = new UnixDataSource(far.resolve("s")).connect()) {
            assertThat(client.isValid(5)).isTrue();
            assertThat(long200.sessions()).isEqualTo(1);
        }
        assertThat(far.resolve("s")).doesNotExist();
    }

    @Test
    void valuesAreReturnedUnchanged() throws Exception {
        try (var client = client();
                var rows = client.createStatement()
                        .executeQuery("select cast('ä€\uD83D\uDE00' as varchar) as a, 1 as b, cast(2 as bigint) as c,"
                                + " true as d, cast(1.5 as double precision) as e, timestamp '2026-11-21 22:00:00.123' as f,"
                                + " timestamp with time zone '2026-11-21 22:00:00+02' as g, cast(null as integer) as h,"
                                + " cast('large' as clob) as i")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("A")).isEqualTo("ä€\uD83D\uDE00");
            assertThat(rows.getInt(2)).isEqualTo(1);
            assertThat(rows.getObject("b", Long.class)).isEqualTo(1L);
            assertThat(rows.getLong("c")).isEqualTo(2);
            assertThat(rows.getBoolean("d")).isTrue();
            assertThat(rows.getObject("e")).isEqualTo(1.5);
            assertThat(rows.getObject("f", LocalDateTime.class)).isEqualTo("2026-11-21T22:00:00.123");
            assertThat(rows.getTimestamp("f")).isEqualTo(java.sql.Timestamp.valueOf("2026-11-21 22:00:00.123"));
            assertThat(rows.getObject("g", OffsetDateTime.class)).isEqualTo("2026-11-21T22:00:00+02:00");
            assertThat(rows.getString("g")).isEqualTo("2026-11-21 22:00:00+02");
            assertThat(rows.getInt("h")).isZero();
            assertThat(rows.wasNull()).isTrue();
            assertThat(rows.getObject("h", Integer.class)).isNull();
            assertThat(rows.getString("i")).isEqualTo("large");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void manyRowsAndParametersAreTransferredInParts() throws Exception {
        try (var client = client()) {
            client.setAutoCommit(false);
            try (var insert = client.prepareStatement("insert into t (name) values (?)")) {
                for (int i = 0; i < 3_000; i++) {
                    insert.setString(1, i + "x".repeat(1_000));
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(3_000).containsOnly(1);
            }
            client.commit();
            try (var rows = client.createStatement().executeQuery("select id, name from t order by id")) {
                int count = 0;
                while (rows.next()) {
                    assertThat(rows.getString(2)).startsWith(count++ + "x");
                }
                assertThat(count).isEqualTo(3_000);
            }
        }
    }

    @Test
    void generatedKeysAreReturned() throws Exception {
        try (var client = client();
                var insert = client.prepareStatement("insert into t (name) values (?)", new String[] {"id"})) {
            insert.setString(1, "a");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            try (var keys = insert.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getLong(1)).isEqualTo(1);
            }
        }
    }

    @Test
    void failuresKeepClassAndStateOfTheDriver() throws Exception {
        try (var client = client()) {
            execute(client, "insert into t (name) values ('a')");
            assertThatThrownBy(() -> execute(client, "insert into t (name) values ('a')"))
                    .isInstanceOfSatisfying(
                            SQLIntegrityConstraintViolationException.class,
                            failure -> assertThat(failure.getSQLState()).isEqualTo("23505"));
            assertThatThrownBy(() -> execute(client, "selec")).isInstanceOf(SQLSyntaxErrorException.class);
            assertThatThrownBy(() -> client.prepareCall("x"))
                    .isInstanceOf(SQLFeatureNotSupportedException.class)
                    .hasMessageContaining("Connection.prepareCall");
            var insert = client.prepareStatement("insert into t (name) values (?)");
            for (var name : new String[] {"b", "a", "c"}) {
                insert.setString(1, name);
                insert.addBatch();
            }
            assertThatThrownBy(insert::executeBatch).isInstanceOfSatisfying(BatchUpdateException.class, failure -> {
                assertThat(failure.getUpdateCounts()).contains(1, Statement.EXECUTE_FAILED);
                assertThat((Throwable) failure.getNextException())
                        .isInstanceOf(SQLIntegrityConstraintViolationException.class);
            });
            assertThat(client.isValid(5)).isTrue();
        }
    }

    @Test
    void aTransactionIsRolledBackWhenItsClientEnds() throws Exception {
        try (var client = client()) {
            client.setAutoCommit(false);
            execute(client, "insert into t (name) values ('a')");
            client.commit();
            execute(client, "insert into t (name) values ('b')");
            client.rollback();
            execute(client, "insert into t (name) values ('c')");
        }
        await().until(() -> server.sessions() == 0);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void anIdleTransactionLosesItsLocks() throws Exception {
        try (var client = client()) {
            client.setAutoCommit(false);
            execute(client, "insert into t (name) values ('a')");

            await().until(() -> server.sessions() == 0);

            execute(database, "insert into t (name) values ('a')");
            assertThatThrownBy(() -> execute(client, "select 1"))
                    .isInstanceOfSatisfying(
                            SQLTransientConnectionException.class,
                            failure -> assertThat(failure.getSQLState()).startsWith("08"));
            assertThat(client.isValid(1)).isFalse();
        }
    }

    @Test
    void anIdleClientIsDisconnectedAndCanReconnect() throws Exception {
        var at = directory.resolve("short");
        try (var shortLived = start(at, IDLE, Duration.ofSeconds(10));
                var idle = new UnixDataSource(at).connect()) {
            assertThat(idle.isValid(5)).isTrue();

            await().until(() -> shortLived.sessions() == 0);

            assertThat(idle.isValid(1)).isFalse();
            try (var next = new UnixDataSource(at).connect()) {
                assertThat(next.isValid(5)).isTrue();
            }
        }
    }

    @Test
    void aNewClientEvictsTheLongestIdleClient() throws Exception {
        var at = directory.resolve("full");
        var patient = new ServerSession.Limits(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ZERO);
        var clients = new ArrayList<Connection>();
        try (var full = UnixServer.start(at, source, patient)) {
            for (int i = 0; i < 32; i++) {
                clients.add(new UnixDataSource(at).connect());
            }
            clients.get(0).setAutoCommit(false);
            execute(clients.get(0), "insert into t (name) values ('a')");
            assertThat(clients.get(1).isValid(5)).isTrue();

            clients.add(new UnixDataSource(at).connect());

            assertThat(clients.get(32).isValid(5)).isTrue();
            assertThat(full.sessions()).isEqualTo(32);
            assertThat(clients.get(2).isValid(1)).isFalse();
            assertThat(clients.get(1).isValid(5)).isTrue();
            clients.get(0).commit();
            assertThat(names()).containsExactly("a");
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void aBrieflyIdleClientIsNotEvicted() throws Exception {
        var clients = new ArrayList<Connection>();
        try {
            for (int i = 0; i < 32; i++) {
                clients.add(client());
            }
            assertThatThrownBy(this::client)
                    .isInstanceOf(RefusedByServerException.class)
                    .hasMessageContaining("already serves 32 connections");
            assertThat(clients).allSatisfy(each -> assertThat(each.isValid(5)).isTrue());
        } finally {
            for (var client : clients) {
                client.close();
            }
        }
    }

    @Test
    void closeWaitsForARunningTransaction() throws Exception {
        try (var idle = client();
                var busy = client()) {
            busy.setAutoCommit(false);
            execute(busy, "insert into t (name) values ('a')");
            var ending = new Thread(server::close);
            ending.start();

            await().until(() -> !idle.isValid(1));
            execute(busy, "insert into t (name) values ('b')");
            busy.commit();
            ending.join();
        }
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void aSilentServerIsDetected() throws IOException {
        var silent = directory.resolve("silent");
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(silent));

            assertThatThrownBy(() -> new UnixDataSource(silent).connect()).isInstanceOf(SilentServerException.class);
        }
    }

    @Test
    void anotherProtocolVersionIsRefused() throws IOException {
        var hello = ByteBuffer.allocate(13)
                .putInt(9)
                .put(Protocol.HELLO)
                .putInt(Protocol.MAGIC)
                .putInt(99);

        assertThat(answerTo(hello.array())).contains("uses version 1 of the protocol, this one version 99");
    }

    @Test
    void garbageFramesAffectNoOtherClient() throws Exception {
        var random = new Random(7);
        try (var client = client()) {
            for (int i = 0; i < 60; i++) {
                var garbage = new byte[1 + random.nextInt(200)];
                random.nextBytes(garbage);
                try (var attacker = connect()) {
                    attacker.write(ByteBuffer.wrap(garbage));
                }
            }
            for (int length : new int[] {Integer.MAX_VALUE, -1, 0, Protocol.LARGEST_FRAME + 1}) {
                assertThat(answerTo(ByteBuffer.allocate(8).putInt(length).array()))
                        .isEmpty();
            }
            assertThat(client.isValid(5)).isTrue();
        }
    }

    @Test
    void garbageRequestsAffectNoOtherClient() throws Exception {
        var random = new Random(8);
        try (var client = client()) {
            for (int i = 0; i < 60; i++) {
                var garbage = new byte[1 + random.nextInt(40)];
                random.nextBytes(garbage);
                garbage[0] = (byte) (2 + i % 14);
                var frame = ByteBuffer.allocate(4 + garbage.length)
                        .putInt(garbage.length)
                        .put(garbage);
                try (var attacker = connect()) {
                    attacker.write(ByteBuffer.allocate(13)
                            .putInt(9)
                            .put(Protocol.HELLO)
                            .putInt(Protocol.MAGIC)
                            .putInt(Protocol.VERSION)
                            .flip());
                    attacker.write(frame.flip());
                    attacker.read(ByteBuffer.allocate(8));
                }
            }
            assertThat(client.isValid(5)).isTrue();
        }
        await().until(() -> server.sessions() == 0);
    }

    /** A hundred clients that announce large frames without sending them: memory and threads stay bounded. */
    @Test
    void aHundredConnectionsAreBounded() throws Exception {
        var attackers = new ArrayList<SocketChannel>();
        try (var client = client()) {
            for (int i = 0; i < 100; i++) {
                try {
                    var attacker = connect();
                    attackers.add(attacker);
                    attacker.write(ByteBuffer.allocate(5)
                            .putInt(Protocol.LARGEST_FRAME)
                            .put((byte) 1)
                            .flip());
                } catch (IOException ex) {
                    // the backlog is full
                }
                assertThat(server.sessions()).isLessThanOrEqualTo(32);
            }
            assertThat(client.isValid(5)).isTrue();
            await().atMost(Duration.ofSeconds(10)).until(() -> server.sessions() == 1);
            try (var next = client()) {
                assertThat(next.isValid(5)).isTrue();
            }
        } finally {
            for (var attacker : attackers) {
                attacker.close();
            }
        }
    }

    private SocketChannel connect() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        return channel;
    }

    private String answerTo(byte[] sent) throws IOException {
        try (var channel = connect()) {
            channel.write(ByteBuffer.wrap(sent));
            var answer = ByteBuffer.allocate(1_000);
            while (channel.read(answer) >= 0) {
                // until the server closes
            }
            return new String(answer.array(), 0, answer.position(), java.nio.charset.StandardCharsets.UTF_8);
        } catch (IOException ex) {
            return "";
        }
    }

    private List<String> names() throws SQLException {
        var names = new ArrayList<String>();
        try (var rows = database.createStatement().executeQuery("select name from t order by name")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (var statement = on.createStatement()) {
            statement.execute(sql);
        }
    }
}
