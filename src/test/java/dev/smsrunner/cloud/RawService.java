package dev.smsrunner.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** TCP server for answers that a proper HTTP server would not send. */
final class RawService implements AutoCloseable {

    /** Handles one request on a connection. */
    @FunctionalInterface
    interface Script {
        /** @return false to close the connection */
        boolean answer(Socket socket, int number) throws IOException, InterruptedException;
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new ArrayList<>();
    final AtomicInteger requests = new AtomicInteger();
    private final Script script;

    RawService(Script script) throws IOException {
        this.script = script;
        threads.submit(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket socket = server.accept();
            synchronized (sockets) {
                sockets.add(socket);
            }
            threads.submit(() -> serve(socket));
        }
    }

    private Void serve(Socket socket) throws IOException, InterruptedException {
        try (socket) {
            while (readRequest(socket.getInputStream()) && script.answer(socket, requests.incrementAndGet())) {
                continue;
            }
        }
        return null;
    }

    private static boolean readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            head.append((char) next);
        }
        String lower = head.toString().toLowerCase(java.util.Locale.ROOT);
        int at = lower.indexOf("content-length:");
        int length = at < 0
                ? 0
                : Integer.parseInt(
                        lower.substring(at + 15, lower.indexOf("\r\n", at)).strip());
        return in.readNBytes(length).length == length;
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        threads.shutdownNow();
    }
}
