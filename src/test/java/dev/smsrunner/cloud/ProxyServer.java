package dev.smsrunner.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP proxy on loopback with real sockets: tunnels CONNECT, forwards plain requests, and fails by a script. */
public final class ProxyServer implements AutoCloseable {

    /** Reaction to a request. */
    public interface Script {

        /** Text to answer with before the connection is closed; null to pass the request on; empty to close at once. */
        String answer(String head) throws InterruptedException;
    }

    /** Answers that refuse a request. */
    public static String status(int status, String... headers) {
        return "HTTP/1.1 %d No\r\n%s%sContent-Length: 4\r\n\r\nno\r\n"
                .formatted(status, String.join("\r\n", headers), headers.length == 0 ? "" : "\r\n");
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new ArrayList<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private volatile Script script = head -> null;

    public ProxyServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public ProxyServer respondWith(Script newScript) {
        script = newScript;
        return this;
    }

    /** Heads of the requests that it received. */
    public List<String> heads() {
        return heads;
    }

    /** Closes all connections. */
    public void drop() {
        synchronized (sockets) {
            sockets.forEach(ProxyServer::close);
            sockets.clear();
        }
    }

    private Void accept() throws IOException {
        while (true) {
            var socket = server.accept();
            remember(socket);
            threads.submit(() -> serve(socket));
        }
    }

    private void remember(Socket socket) {
        synchronized (sockets) {
            sockets.add(socket);
        }
    }

    private Void serve(Socket client) throws IOException, InterruptedException {
        try (client) {
            while (true) {
                var head = readHead(client.getInputStream());
                if (head == null) {
                    return null;
                }
                heads.add(head);
                var answer = script.answer(head);
                if (answer != null) {
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    client.getOutputStream().flush();
                    return null;
                }
                if (head.startsWith("CONNECT ")) {
                    tunnel(client, head.split(" ")[1]);
                    return null;
                }
                forward(client, head);
            }
        }
    }

    private void tunnel(Socket client, String authority) throws IOException {
        int colon = authority.lastIndexOf(':');
        try (var service =
                new Socket(authority.substring(0, colon), Integer.parseInt(authority.substring(colon + 1)))) {
            remember(service);
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            threads.submit(() -> client.getInputStream().transferTo(service.getOutputStream()));
            service.getInputStream().transferTo(client.getOutputStream());
        }
    }

    /** Forwards one request and closes the connection to the service. */
    private void forward(Socket client, String head) throws IOException {
        var uri = URI.create(head.split(" ")[1]);
        int length = contentLength(head);
        var body = client.getInputStream().readNBytes(length);
        var lines = head.strip().split("\r\n");
        var text = new StringBuilder(
                lines[0].replace(uri.toString(), uri.toString().replaceFirst("http://[^/]*", "")));
        for (int line = 1; line < lines.length; line++) {
            if (!lines[line].toLowerCase(Locale.ROOT).matches("(proxy-authorization|connection):.*")) {
                text.append("\r\n").append(lines[line]);
            }
        }
        text.append("\r\nConnection: close\r\n\r\n");
        try (var service = new Socket(uri.getHost(), uri.getPort())) {
            service.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            service.getOutputStream().write(body);
            service.getOutputStream().flush();
            service.getInputStream().transferTo(client.getOutputStream());
        }
        client.close();
    }

    private static int contentLength(String head) {
        for (var line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
        threads.shutdownNow();
    }
}
