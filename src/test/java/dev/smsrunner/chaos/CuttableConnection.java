package dev.smsrunner.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP relay from its port to another port, which can be cut. */
final class CuttableConnection implements AutoCloseable {

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CuttableConnection(int target) {
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        this.target = target;
        daemon(this::listen);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Drops every connection and refuses new ones. */
    void cut() {
        cut = true;
        open.forEach(CuttableConnection::closeQuietly);
    }

    void restore() {
        cut = false;
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                var here = listening.accept();
                if (cut) {
                    closeQuietly(here);
                } else {
                    join(here, new Socket(InetAddress.getByName("127.0.0.1"), target));
                }
            } catch (IOException ex) {
                // closed, or the other side is unavailable
            }
        }
    }

    private void join(Socket here, Socket there) {
        open.add(here);
        open.add(there);
        daemon(() -> copy(here, there));
        daemon(() -> copy(there, here));
    }

    private void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ex) {
            // either end was closed
        } finally {
            closeQuietly(from);
            closeQuietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException ex) {
            // expected
        }
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "wire");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            listening.close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
