package dev.smsrunner.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A relay to the cloud. While cut, a gateway answers 404 for every API, and open connections end. */
final class NetworkRelay implements AutoCloseable {

    private static final byte[] UNKNOWN_API = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_OF_A_REQUEST = 65_536;

    private final URI cloud;
    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    /** Opens a relay to the cloud at that address. */
    NetworkRelay(String cloud) throws IOException {
        this.cloud = URI.create(cloud);
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground(() -> {
            while (!listening.isClosed()) {
                serve(listening.accept());
            }
        });
    }

    String address() {
        return "%s://%s:%d".formatted(cloud.getScheme(), cloud.getHost(), listening.getLocalPort());
    }

    void cut() throws IOException {
        isCut = true;
        for (var socket : open) {
            socket.close();
        }
    }

    void restore() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        cut();
    }

    private void serve(Socket caller) throws IOException {
        if (isCut) {
            inBackground(() -> refuse(caller));
            return;
        }
        var upstream = new Socket(cloud.getHost(), cloud.getPort());
        open.add(caller);
        open.add(upstream);
        pass(caller, upstream);
        pass(upstream, caller);
    }

    private static void refuse(Socket caller) throws IOException {
        try (caller) {
            if (caller.getInputStream().read(new byte[MOST_OF_A_REQUEST]) > 0) {
                caller.getOutputStream().write(UNKNOWN_API);
            }
        }
    }

    private void pass(Socket from, Socket to) {
        inBackground(() -> {
            try (from;
                    to) {
                from.getInputStream().transferTo(to.getOutputStream());
            } finally {
                open.remove(from);
                open.remove(to);
            }
        });
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void inBackground(Work work) {
        var thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ex) {
                // a closed connection or a cut relay
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
