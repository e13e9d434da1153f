package dev.smsrunner.localjdbc;

import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Server that gives other processes of this user connections to a database of this process, through a Unix domain
 * socket of mode 0600. It limits sessions, frames and idle times.
 */
public final class UnixServer implements AutoCloseable {

    private static final int MAX_SESSIONS = 32;
    /** A client's pool closes a connection after half of the idle limit and reopens closed ones. */
    private static final ServerSession.Limits LIMITS =
            new ServerSession.Limits(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(10));

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

    /** Source of the sessions' connections. */
    @FunctionalInterface
    public interface Source {
        /** Opens a connection; the session closes it. */
        Connection connect() throws SQLException;
    }

    private final Path socket;
    private final ServerSocketChannel serverChannel;
    private final Source source;
    private final ServerSession.Limits limits;
    private final PeerCheck peers;
    private final Map<Thread, ServerSession> sessions = new ConcurrentHashMap<>();

    private UnixServer(Path socket, ServerSocketChannel serverChannel, Source source, ServerSession.Limits limits)
            throws IOException {
        this.socket = socket;
        this.serverChannel = serverChannel;
        this.source = source;
        this.limits = limits;
        this.peers = PeerCheck.ownerOf(socket);
    }

    /**
     * Starts to listen at the path. It replaces an existing socket, so the caller must hold a lock.
     *
     * @param socket in a directory that only this user can write to
     */
    public static UnixServer start(Path socket, Source source) throws IOException {
        return start(socket, source, LIMITS);
    }

    static UnixServer start(Path socket, Source source, ServerSession.Limits limits) throws IOException {
        Files.deleteIfExists(socket);
        var serverChannel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            try (var address = SocketPath.of(socket)) {
                serverChannel.bind(address.address(), MAX_SESSIONS);
            }
            PrivateFiles.restrict(socket);
            var server = new UnixServer(socket, serverChannel, source, limits);
            daemon("database-server", server::accept).start();
            return server;
        } catch (IOException | RuntimeException ex) {
            serverChannel.close();
            throw ex;
        }
    }

    private static Thread daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    private void accept() {
        while (serverChannel.isOpen()) {
            try {
                admit(serverChannel.accept());
            } catch (ClosedChannelException ex) {
                return;
            } catch (IOException | OutOfMemoryError ex) {
                pause(POLL_INTERVAL); // too many open files, for example: retry with the next client
            }
        }
    }

    private void admit(SocketChannel accepted) throws IOException {
        if (!peers.permits(accepted)) {
            accepted.close();
            return;
        }
        var channel = new FrameChannel(accepted);
        if (sessions.size() >= MAX_SESSIONS && !evictIdleSession()) {
            try (channel) {
                channel.write(
                        refusal(
                                "the process that has the database open already serves %d connections. Try again when fewer commands use it"
                                        .formatted(MAX_SESSIONS)),
                        POLL_INTERVAL);
            }
            return;
        }
        var session = new ServerSession(channel, source, limits);
        var thread = daemon("database-session", () -> {
            try {
                session.run();
            } finally {
                sessions.remove(Thread.currentThread());
            }
        });
        sessions.put(thread, session);
        thread.start();
    }

    /** Ends the session with the longest idle time; its client reconnects when needed. */
    private boolean evictIdleSession() throws IOException {
        var oldest = sessions.entrySet().stream()
                .map(each -> Map.entry(each.getValue().idleNanos(), each))
                .filter(each -> each.getKey() >= 0)
                .max(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue);
        if (oldest.isEmpty() || !oldest.get().getValue().evict()) {
            return false;
        }
        sessions.remove(oldest.get().getKey());
        return true;
    }

    /** Frame that refuses a client. */
    static byte[] refusal(String reason) throws IOException {
        return Protocol.frame(Protocol.REFUSED, out -> ValueCodec.writeText(out, reason));
    }

    /** Number of connected clients. */
    public int sessions() {
        return sessions.size();
    }

    /** Gives the clients' transactions two seconds to end, then closes their connections. */
    @Override
    public void close() {
        try {
            serverChannel.close();
            Files.deleteIfExists(socket);
        } catch (IOException ex) {
            // the next process that opens the database replaces the socket
        }
        end(false);
        long deadline = System.nanoTime() + SHUTDOWN_GRACE.toNanos();
        while (!sessions.isEmpty() && System.nanoTime() < deadline) {
            pause(POLL_INTERVAL);
        }
        end(true);
    }

    private void end(boolean immediately) {
        for (var session : sessions.values()) {
            try {
                session.end(immediately);
            } catch (IOException ex) {
                // the session ends anyway
            }
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
