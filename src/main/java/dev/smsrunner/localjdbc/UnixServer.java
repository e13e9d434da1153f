package dev.smsrunner.localjdbc;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Gives other processes of this user connections to a database that this process has open, through a Unix domain socket of
 * mode 0600. Sessions, frames and the time that a session may be idle are limited.
 */
public final class UnixServer implements AutoCloseable {

    private static final int MOST_SESSIONS = 32;
    /** The pool of a client closes a connection after half of the time between, and asks for a new one where one was closed. */
    private static final ServerSession.Limits LIMITS =
            new ServerSession.Limits(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(10));

    private static final Duration LAST_TRANSACTIONS = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    /** Where the connections of the sessions come from. */
    @FunctionalInterface
    public interface Source {
        /** A new connection; the session closes it. */
        Connection connect() throws SQLException;
    }

    private final Path socket;
    private final ServerSocketChannel listening;
    private final Source source;
    private final ServerSession.Limits limits;
    private final PeerCheck peers;
    private final Map<Thread, ServerSession> sessions = new ConcurrentHashMap<>();

    private UnixServer(Path socket, ServerSocketChannel listening, Source source, ServerSession.Limits limits)
            throws IOException {
        this.socket = socket;
        this.listening = listening;
        this.source = source;
        this.limits = limits;
        this.peers = PeerCheck.ownerOf(socket);
    }

    /**
     * Listens at the path; a socket that is there is replaced, so the caller holds a lock.
     *
     * @param socket in a directory that only this user can write to
     */
    public static UnixServer start(Path socket, Source source) throws IOException {
        return start(socket, source, LIMITS);
    }

    static UnixServer start(Path socket, Source source, ServerSession.Limits limits) throws IOException {
        Files.deleteIfExists(socket);
        var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            try (var address = SocketPath.of(socket)) {
                listening.bind(address.address(), MOST_SESSIONS);
            }
            if (socket.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            }
            var server = new UnixServer(socket, listening, source, limits);
            start("database-server", server::accept);
            return server;
        } catch (IOException | RuntimeException ex) {
            listening.close();
            throw ex;
        }
    }

    private static Thread start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                admit(listening.accept());
            } catch (ClosedChannelException ex) {
                return;
            } catch (IOException | OutOfMemoryError ex) {
                pause(LOOK_AGAIN); // too many open files, for example: the next client may be luckier
            }
        }
    }

    private void admit(SocketChannel accepted) throws IOException {
        if (!peers.admits(accepted)) {
            accepted.close();
            return;
        }
        var channel = new FrameChannel(accepted);
        if (sessions.size() >= MOST_SESSIONS && !madeRoom()) {
            try (channel) {
                channel.write(
                        refusal(
                                "the process that has the database open serves %d connections already; try again when fewer commands use it"
                                        .formatted(MOST_SESSIONS)),
                        LOOK_AGAIN);
            }
            return;
        }
        var session = new ServerSession(channel, source, limits);
        var thread = new Thread(
                () -> {
                    try {
                        session.run();
                    } finally {
                        sessions.remove(Thread.currentThread());
                    }
                },
                "database-session");
        thread.setDaemon(true);
        sessions.put(thread, session);
        thread.start();
    }

    /** Ends the session that has been idle for longest; its client opens another one when it needs it. */
    private boolean madeRoom() throws IOException {
        var oldest = sessions.entrySet().stream()
                .map(each -> Map.entry(each.getValue().idleFor(), each))
                .filter(each -> each.getKey() >= 0)
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
        if (oldest.isEmpty() || !oldest.get().getValue().endedForAnother()) {
            return false;
        }
        sessions.remove(oldest.get().getKey());
        return true;
    }

    /** The frame that turns a client away. */
    static byte[] refusal(String why) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(Protocol.REFUSED);
        ValueCodec.writeText(out, why);
        return bytes.toByteArray();
    }

    /** Number of clients that are connected. */
    public int sessions() {
        return sessions.size();
    }

    /** Lets the transactions of the clients end for two seconds, then closes their connections. */
    @Override
    public void close() {
        try {
            listening.close();
            Files.deleteIfExists(socket);
        } catch (IOException ex) {
            // the next process that opens the database replaces the socket
        }
        end(false);
        long deadline = System.nanoTime() + LAST_TRANSACTIONS.toNanos();
        while (!sessions.isEmpty() && System.nanoTime() < deadline) {
            pause(LOOK_AGAIN);
        }
        end(true);
    }

    private void end(boolean now) {
        for (var session : sessions.values()) {
            try {
                if (now) {
                    session.endNow();
                } else {
                    session.endWhenIdle();
                }
            } catch (IOException ex) {
                // it ends anyway
            }
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
