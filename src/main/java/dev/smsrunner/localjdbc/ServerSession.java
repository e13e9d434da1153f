package dev.smsrunner.localjdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.time.Duration;

/**
 * One client of the server: a socket and a connection to the database. When the socket ends, or when the client is idle for
 * too long, its transaction is rolled back and both are closed.
 */
final class ServerSession implements Runnable {

    private final FrameChannel channel;
    private final UnixServer.Source source;
    private final Limits limits;
    private boolean idle = true;
    private boolean served;
    private boolean ending;
    private long idleSince = System.nanoTime();

    /**
     * How long a client may be idle.
     *
     * @param inTransaction inside a transaction, which may hold locks
     * @param between outside a transaction; longer than the pool of a client keeps a connection that it does not use
     * @param spared outside a transaction, even when others want the place: a client may work between two statements
     */
    record Limits(Duration inTransaction, Duration between, Duration spared) {}

    ServerSession(FrameChannel channel, UnixServer.Source source, Limits limits) {
        this.channel = channel;
        this.source = source;
        this.limits = limits;
    }

    @Override
    public void run() {
        try (channel) {
            if (greeted()) {
                serve();
            }
        } catch (IOException | SQLException | RuntimeException | OutOfMemoryError ex) {
            // whatever this client sent: it sees that its socket is closed, and the others go on
        }
    }

    private boolean greeted() throws IOException {
        var first = channel.read(Protocol.FIRST_ANSWER, Protocol.FIRST_ANSWER);
        if (first == null) {
            return false;
        }
        var in = new DataInputStream(new ByteArrayInputStream(first));
        if (first.length < 9 || in.readByte() != Protocol.HELLO || in.readInt() != Protocol.MAGIC) {
            throw new IOException("this is not our protocol");
        }
        int version = in.readInt();
        if (version == Protocol.VERSION) {
            return true;
        }
        channel.write(
                UnixServer.refusal(
                        "the process that has the database open speaks version %d of the protocol, this one version %d; end that process, or use its version of the program"
                                .formatted(Protocol.VERSION, version)),
                Protocol.ANSWER);
        return false;
    }

    private void serve() throws IOException, SQLException {
        try (var connection = source.connect();
                var statements = new ServerStatements(connection)) {
            welcome(connection);
            try {
                while (waits(statements.inTransaction())) {
                    var request = channel.read(
                            statements.inTransaction() ? limits.inTransaction() : limits.between(),
                            limits.inTransaction());
                    if (request == null || !begins()) {
                        return;
                    }
                    channel.write(answer(statements, request), Protocol.ANSWER);
                }
            } catch (SocketTimeoutException ex) {
                // suspended or hanging: it must hold neither locks nor a place any longer
            } finally {
                if (!connection.isClosed() && !connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    private void welcome(Connection connection) throws IOException, SQLException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(Protocol.DONE);
        out.writeInt(Protocol.MAGIC);
        out.writeInt(Protocol.VERSION);
        out.writeInt(connection.getTransactionIsolation());
        var about = connection.getMetaData();
        ValueCodec.writeText(out, about.getDatabaseProductName());
        ValueCodec.writeText(out, about.getDatabaseProductVersion());
        out.writeInt(about.getDatabaseMajorVersion());
        out.writeInt(about.getDatabaseMinorVersion());
        ValueCodec.writeText(out, about.getURL());
        channel.write(bytes.toByteArray(), Protocol.ANSWER);
    }

    private static byte[] answer(ServerStatements statements, byte[] request) throws IOException, SQLException {
        try {
            return statements.answer(request);
        } catch (SQLException ex) {
            if (statements.isClosed()) {
                throw ex; // the database was closed: the client reaches the process that opens it next
            }
            return failed(ex);
        } catch (OutOfMemoryError ex) {
            return failed(new SQLNonTransientException("the process that has the database open is out of memory"));
        }
    }

    private static byte[] failed(SQLException failure) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(Protocol.FAILED);
        SqlFailure.write(out, failure);
        return bytes.toByteArray();
    }

    /** False when the session is to end here. */
    private synchronized boolean waits(boolean inTransaction) {
        served = true;
        idle = !inTransaction;
        idleSince = System.nanoTime();
        return !ending || inTransaction;
    }

    /** False when the session was ended while its request was on the way: then it is not executed. */
    private synchronized boolean begins() {
        if (ending && idle) {
            return false;
        }
        idle = false;
        return true;
    }

    /** Lets a transaction end, and closes when none is open. */
    synchronized void endWhenIdle() throws IOException {
        ending = true;
        if (idle) {
            channel.close();
        }
    }

    /** For how many nanoseconds it has been idle outside a transaction; negative when it is to keep its place. */
    synchronized long idleFor() {
        long time = System.nanoTime() - idleSince;
        return served && idle && time >= limits.spared().toNanos() ? time : -1;
    }

    /** Closes it, unless it has begun something since it was looked at. */
    synchronized boolean endedForAnother() throws IOException {
        if (idleFor() < 0) {
            return false;
        }
        endWhenIdle();
        return true;
    }

    synchronized void endNow() throws IOException {
        ending = true;
        channel.close();
    }
}
