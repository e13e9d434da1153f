package dev.smsrunner.localjdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
    private final Greeting greeting;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Duration timeout = Protocol.ANSWER;

    /** Description of the server's database, sent when a client connects. */
    record Greeting(int isolation, String product, String version, int major, int minor, String url) {}

    /** Writes the content of a request after its operation. */
    @FunctionalInterface
    interface Request {
        Request NOTHING = out -> {};

        void write(DataOutputStream out) throws IOException;
    }

    private ClientLink(FrameChannel channel, Greeting greeting) {
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

    private static Greeting greet(FrameChannel channel) throws IOException, SQLException {
        var hello = new ByteArrayOutputStream();
        var out = new DataOutputStream(hello);
        out.writeByte(Protocol.HELLO);
        out.writeInt(Protocol.MAGIC);
        out.writeInt(Protocol.VERSION);
        try {
            sendHello(channel, hello.toByteArray());
            var answer = channel.read(Protocol.FIRST_ANSWER, Protocol.FIRST_ANSWER);
            if (answer == null) {
                throw new EOFException("the socket was closed before the first answer");
            }
            return greeting(new DataInputStream(new ByteArrayInputStream(answer)));
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

    private static Greeting greeting(DataInputStream in) throws IOException, SQLException {
        byte kind = in.readByte();
        if (kind == Protocol.REFUSED) {
            throw new RefusedByServerException(ValueCodec.readText(in));
        }
        if (kind != Protocol.DONE || in.readInt() != Protocol.MAGIC || in.readInt() != Protocol.VERSION) {
            throw new RefusedByServerException(
                    "the process that has the database open uses another protocol. End that process, or use its version of the program");
        }
        return new Greeting(
                in.readInt(),
                ValueCodec.readText(in),
                ValueCodec.readText(in),
                in.readInt(),
                in.readInt(),
                ValueCodec.readText(in));
    }

    Greeting greeting() {
        return greeting;
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    /** Sets the time limit for answers. */
    void timeout(Duration time) {
        timeout = time;
    }

    Duration timeout() {
        return timeout;
    }

    /**
     * Sends a request and returns its answer, positioned after its kind.
     *
     * @throws SQLException the failure of the statement on the server, or of class 08 when the socket failed
     */
    Answer request(byte operation, Request request) throws SQLException {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = new DataOutputStream(bytes);
            out.writeByte(operation);
            request.write(out);
        } catch (IOException ex) {
            throw new SQLException(ex.getMessage(), "HY000", ex);
        }
        if (bytes.size() > Protocol.LARGEST_FRAME) {
            throw new SQLException(
                    "a statement of %d bytes exceeds the limit of %d bytes for the process that has the database open"
                            .formatted(bytes.size(), Protocol.LARGEST_FRAME),
                    "54000");
        }
        lock.lock();
        try {
            channel.write(bytes.toByteArray(), timeout);
            var answer = channel.read(timeout, Protocol.ANSWER);
            if (answer == null) {
                throw new EOFException("it closed the connection or terminated");
            }
            return readAnswer(new DataInputStream(new ByteArrayInputStream(answer)));
        } catch (IOException ex) {
            close();
            throw new SQLTransientConnectionException(
                    "the process that has the embedded database open is gone: " + ex.getMessage(), "08006", ex);
        } finally {
            lock.unlock();
        }
    }

    /** Successful answer. */
    record Answer(byte kind, DataInputStream in) {}

    private static Answer readAnswer(DataInputStream in) throws IOException, SQLException {
        byte kind = in.readByte();
        if (kind == Protocol.FAILED) {
            throw SqlFailure.read(in);
        }
        return new Answer(kind, in);
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
