package dev.smsrunner.localjdbc;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Duration;

/**
 * Session of one client: a socket and a connection to the database. When the socket ends, or the client is idle for too
 * long, the session rolls back its transaction and closes both.
 */
final class ServerSession implements Runnable {

    private final FrameChannel channel;
    private final UnixServer.Source source;
    private final Limits limits;
    private boolean idle = true;
    private boolean greeted;
    private boolean ending;
    private long idleSince = System.nanoTime();

    /**
     * Limits of the idle time of a client.
     *
     * @param inTransaction limit inside a transaction, which may hold locks
     * @param outsideTransaction limit outside a transaction; longer than a client's pool keeps an unused connection
     * @param beforeEviction minimum idle time outside a transaction before another client may take the place, since a client
     *     may work between two statements
     */
    record Limits(Duration inTransaction, Duration outsideTransaction, Duration beforeEviction) {}

    ServerSession(FrameChannel channel, UnixServer.Source source, Limits limits) {
        this.channel = channel;
        this.source = source;
        this.limits = limits;
    }

    @Override
    public void run() {
        try (channel) {
            if (acceptGreeting()) {
                serve();
            }
        } catch (IOException | SQLException | RuntimeException | OutOfMemoryError ex) {
            // a broken client only loses its own socket; other sessions continue
        }
    }

    private boolean acceptGreeting() throws IOException {
        var first = channel.read(Protocol.FIRST_ANSWER, Protocol.FIRST_ANSWER);
        if (first == null) {
            return false;
        }
        var in = Protocol.reader(first);
        if (first.length < 9 || in.readByte() != Protocol.HELLO || in.readInt() != Protocol.MAGIC) {
            throw new IOException("unknown protocol");
        }
        int version = in.readInt();
        if (version == Protocol.VERSION) {
            return true;
        }
        channel.write(
                UnixServer.refusal(
                        "the process that has the database open uses version %d of the protocol, this one version %d. End that process, or use its version of the program"
                                .formatted(Protocol.VERSION, version)),
                Protocol.ANSWER);
        return false;
    }

    private void serve() throws IOException, SQLException {
        try (var connection = source.connect();
                var statements = new ServerStatements(connection)) {
            sendWelcome(connection);
            try {
                while (awaitRequest(statements.inTransaction())) {
                    var request = channel.read(
                            statements.inTransaction() ? limits.inTransaction() : limits.outsideTransaction(),
                            limits.inTransaction());
                    if (request == null || !startRequest()) {
                        return;
                    }
                    channel.write(answer(statements, request), Protocol.ANSWER);
                }
            } catch (SocketTimeoutException ex) {
                // a suspended or hanging client must not keep locks or its place
            } finally {
                if (!connection.isClosed() && !connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    private void sendWelcome(Connection connection) throws IOException, SQLException {
        var greeting = DatabaseGreeting.of(connection);
        var welcome = Protocol.frame(Protocol.DONE, out -> {
            out.writeInt(Protocol.MAGIC);
            out.writeInt(Protocol.VERSION);
            greeting.write(out);
        });
        channel.write(welcome, Protocol.ANSWER);
    }

    private static byte[] answer(ServerStatements statements, byte[] request) throws IOException, SQLException {
        try {
            return statements.answer(request);
        } catch (SQLException ex) {
            if (statements.isClosed()) {
                throw ex; // the database was closed: the client connects to the process that opens it next
            }
            return failureFrame(ex);
        } catch (OutOfMemoryError ex) {
            return failureFrame(
                    new SQLNonTransientException("the process that has the database open is out of memory"));
        }
    }

    private static byte[] failureFrame(SQLException failure) throws IOException {
        return Protocol.frame(Protocol.FAILED, out -> SqlFailure.write(out, failure));
    }

    /** Marks the session as waiting; false when the session must end. */
    private synchronized boolean awaitRequest(boolean inTransaction) {
        greeted = true;
        idle = !inTransaction;
        idleSince = System.nanoTime();
        return !ending || inTransaction;
    }

    /** Marks a request as started; false when the session ended meanwhile, so the request must not run. */
    private synchronized boolean startRequest() {
        if (ending && idle) {
            return false;
        }
        idle = false;
        return true;
    }

    /** Ends the session: immediately, or after the current transaction, if there is one. */
    synchronized void end(boolean immediately) throws IOException {
        ending = true;
        if (immediately || idle) {
            channel.close();
        }
    }

    /** Idle time outside a transaction in nanoseconds; negative when the session must keep its place. */
    synchronized long idleNanos() {
        long time = System.nanoTime() - idleSince;
        return greeted && idle && time >= limits.beforeEviction().toNanos() ? time : -1;
    }

    /** Ends the session for another client, unless it has become busy. */
    synchronized boolean evict() throws IOException {
        if (idleNanos() < 0) {
            return false;
        }
        end(false);
        return true;
    }
}
