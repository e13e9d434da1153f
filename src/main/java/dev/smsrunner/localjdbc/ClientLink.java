package dev.smsrunner.localjdbc;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** Client side of a socket: sends requests and receives answers. After a socket failure it stays closed. */
final class ClientLink implements AutoCloseable {

    private final FrameChannel channel;
    private final DatabaseGreeting greeting;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Duration timeout = Protocol.ANSWER;

    private ClientLink(FrameChannel channel, DatabaseGreeting greeting) {
        this.channel = channel;
        this.greeting = greeting;
    }

    /**
     * Connects to a socket.
     *
     * @throws IOException when no process listens at the path
     * @throws SilentServerException when a process listens and does not answer
     * @throws RefusedByServerException when the server refuses this client
     */
    static ClientLink connect(Path socket) throws IOException, SQLException {
        var socketChannel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try (var address = SocketPath.of(socket)) {
            socketChannel.connect(address.address());
        } catch (IOException | RuntimeException ex) {
            socketChannel.close();
            throw ex;
        }
        var channel = new FrameChannel(socketChannel);
        try {
            return new ClientLink(channel, greet(channel));
        } catch (IOException | SQLException ex) {
            channel.close();
            throw ex;
        }
    }

    private static DatabaseGreeting greet(FrameChannel channel) throws IOException, SQLException {
        var hello = Protocol.frame(Protocol.HELLO, out -> {
            out.writeInt(Protocol.MAGIC);
            out.writeInt(Protocol.VERSION);
        });
        try {
            sendHello(channel, hello);
            var answer = channel.read(Protocol.FIRST_ANSWER, Protocol.FIRST_ANSWER);
            if (answer == null) {
                throw new EOFException("the socket was closed before the first answer");
            }
            return greeting(Protocol.reader(answer));
        } catch (SocketTimeoutException ex) {
            throw new SilentServerException(ex);
        }
    }

    /** Sends the greeting. A refusing server may close the socket before it reads the greeting, but its answer is still readable. */
    private static void sendHello(FrameChannel channel, byte[] hello) throws IOException {
        try {
            channel.write(hello, Protocol.FIRST_ANSWER);
        } catch (SocketTimeoutException ex) {
            throw ex;
        } catch (IOException ex) {
            // the answer contains the reason, or is missing
        }
    }

    private static DatabaseGreeting greeting(DataInputStream in) throws IOException, SQLException {
        byte kind = in.readByte();
        if (kind == Protocol.REFUSED) {
            throw new RefusedByServerException(ValueCodec.readText(in));
        }
        if (kind != Protocol.DONE || in.readInt() != Protocol.MAGIC || in.readInt() != Protocol.VERSION) {
            throw new RefusedByServerException(
                    "the process that has the database open uses another protocol. End that process, or use its version of the program");
        }
        return DatabaseGreeting.read(in);
    }

    DatabaseGreeting greeting() {
        return greeting;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Sets the time limit for answers. */
    Duration timeout(Duration time) {
        return timeout = time;
    }

    Duration timeout() {
        return timeout;
    }

    /** Sends a request whose answer has no content; returns true. */
    boolean request(byte operation, Protocol.Content content) throws SQLException {
        return request(operation, content, (kind, in) -> true);
    }

    /**
     * Sends a request and reads its answer.
     *
     * @throws SQLException the failure of the statement on the server, or of class 08 when the socket failed
     */
    <T> T request(byte operation, Protocol.Content content, AnswerReader<T> reader) throws SQLException {
        var answer = Protocol.reader(exchange(frame(operation, content)));
        try {
            byte kind = answer.readByte();
            if (kind == Protocol.FAILED) {
                throw SqlFailure.read(answer);
            }
            return reader.read(kind, answer);
        } catch (IOException ex) {
            close();
            throw new SQLException("unreadable answer of the database server", "08P01", ex);
        }
    }

    /** Reader of a successful answer after its kind. */
    @FunctionalInterface
    interface AnswerReader<T> {
        T read(byte kind, DataInputStream in) throws IOException;
    }

    private static byte[] frame(byte operation, Protocol.Content content) throws SQLException {
        byte[] frame;
        try {
            frame = Protocol.frame(operation, content);
        } catch (IOException ex) {
            throw new SQLException(ex.getMessage(), "HY000", ex);
        }
        if (frame.length > Protocol.LARGEST_FRAME) {
            throw new SQLException(
                    "a statement of %d bytes exceeds the limit of %d bytes for the process that has the database open"
                            .formatted(frame.length, Protocol.LARGEST_FRAME),
                    "54000");
        }
        return frame;
    }

    private byte[] exchange(byte[] frame) throws SQLException {
        lock.lock();
        try {
            channel.write(frame, timeout);
            var answer = channel.read(timeout, Protocol.ANSWER);
            if (answer == null) {
                throw new EOFException("it closed the connection or terminated");
            }
            return answer;
        } catch (IOException ex) {
            close();
            throw new SQLTransientConnectionException(
                    "the process that has the embedded database open is gone: " + ex.getMessage(), "08006", ex);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ex) {
            // nothing uses the channel any longer
        }
    }
}
