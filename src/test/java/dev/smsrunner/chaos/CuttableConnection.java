package dev.smsrunner.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A connection of TCP that can be cut: what goes to its port goes to the other one, unless it is cut. */
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

    /** Drops every connection and lets no other through. */
    void cut() {
        cut = true;
        open.forEach(CuttableConnection::closed);
    }

    void mend() {
        cut = false;
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                var here = listening.accept();
                if (cut) {
                    closed(here);
                } else {
                    join(here, new Socket(InetAddress.getByName("127.0.0.1"), target));
                }
            } catch (IOException ex) {
                // closed, or the other side is away: the next one may get through
            }
        }
    }

    private void join(Socket here, Socket there) {
        open.add(here);
        open.add(there);
        daemon(() -> pour(here, there));
        daemon(() -> pour(there, here));
    }

    private void pour(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ex) {
            // either end has gone
        } finally {
            closed(from);
            closed(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException ex) {
            // as wanted
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
