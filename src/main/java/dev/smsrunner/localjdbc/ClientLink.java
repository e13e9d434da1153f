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

/** The client's end of a socket: a request goes out, its answer comes in. After a failure of the socket it stays closed. */
final class ClientLink implements AutoCloseable {

    private final FrameChannel channel;
    private final Greeting greeting;
    private final ReentrantLock turn = new ReentrantLock();
    private volatile Duration patience = Protocol.ANSWER;

    /** What the server says of its database when a client connects. */
    record Greeting(int isolation, String product, String version, int major, int minor, String url) {}

    /** Writes the rest of a request behind its operation. */
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
     * Connects.
     *
     * @throws IOException when no process listens at the path
     * @throws SilentServerException when a process listens and does not answer
     * @throws RefusedByServerException when the server turns this client away
     */
    static ClientLink to(Path socket) throws IOException, SQLException {
        var connected = SocketChannel.open(StandardProtocolFamily.UNIX);
        try (var address = SocketPath.of(socket)) {
            connected.connect(address.address());
        } catch (IOException | RuntimeException ex) {
            connected.close();
            throw ex;
        }
        var channel = new FrameChannel(connected);
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
            sayHello(channel, hello.toByteArray());
            var answer = channel.read(Protocol.FIRST_ANSWER, Protocol.FIRST_ANSWER);
            if (answer == null) {
                throw new EOFException("the socket was closed before the first answer");
            }
            return greeting(new DataInputStream(new ByteArrayInputStream(answer)));
        } catch (SocketTimeoutException ex) {
            throw new SilentServerException(ex);
        }
    }

    /** A server that turns the client away may close the socket before it has read the greeting: its answer is there still. */
    private static void sayHello(FrameChannel channel, byte[] hello) throws IOException {
        try {
            channel.write(hello, Protocol.FIRST_ANSWER);
        } catch (SocketTimeoutException ex) {
            throw ex;
        } catch (IOException ex) {
            // the answer tells why, or is missing
        }
    }

    private static Greeting greeting(DataInputStream in) throws IOException, SQLException {
        byte kind = in.readByte();
        if (kind == Protocol.REFUSED) {
            throw new RefusedByServerException(ValueCodec.readText(in));
        }
        if (kind != Protocol.DONE || in.readInt() != Protocol.MAGIC || in.readInt() != Protocol.VERSION) {
            throw new RefusedByServerException(
                    "the process that has the database open speaks another protocol; end it, or use its version of the program");
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

    /** How long an answer is waited for. */
    void patience(Duration time) {
        patience = time;
    }

    Duration patience() {
        return patience;
    }

    /**
     * Sends a request and returns its answer, positioned behind the expected kind.
     *
     * @throws SQLException what the statement failed with there, or of class 08 when the socket failed
     */
    Answered ask(byte operation, Request request) throws SQLException {
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
                    "a statement of %d bytes; at most %d can be sent to the process that has the database open"
                            .formatted(bytes.size(), Protocol.LARGEST_FRAME),
                    "54000");
        }
        turn.lock();
        try {
            channel.write(bytes.toByteArray(), patience);
            var answer = channel.read(patience, Protocol.ANSWER);
            if (answer == null) {
                throw new EOFException("it closed the connection or ended");
            }
            return answered(new DataInputStream(new ByteArrayInputStream(answer)));
        } catch (IOException ex) {
            close();
            throw new SQLTransientConnectionException(
                    "the process that has the embedded database open is gone: " + ex.getMessage(), "08006", ex);
        } finally {
            turn.unlock();
        }
    }

    /** An answer that is no failure. */
    record Answered(byte kind, DataInputStream in) {}

    private static Answered answered(DataInputStream in) throws IOException, SQLException {
        byte kind = in.readByte();
        if (kind == Protocol.FAILED) {
            throw SqlFailure.read(in);
        }
        return new Answered(kind, in);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ex) {
            // it is not used any more
        }
    }
}
