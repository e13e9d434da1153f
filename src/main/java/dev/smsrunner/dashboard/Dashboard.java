package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The live page, served on loopback until it is closed. */
public final class Dashboard implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int BACKLOG = 50;

    /** How long others may take, and how many there may be; read by the server's classes when they are loaded. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "300",
            "sun.net.httpserver.idleInterval", "30",
            "sun.net.httpserver.maxReqHeaders", "100",
            "sun.net.httpserver.maxReqHeaderSize", "32768",
            "sun.net.httpserver.nodelay", "true",
            "jdk.httpserver.maxConnections", "200");

    private final HttpServer server;
    private final ExecutorService threads;
    private final EventStreams streams;
    private final Sessions sessions;
    private final PageRoutes routes;

    private Dashboard(RunArchive archive, HttpServer server, Clock clock, LongSupplier nanos) {
        int port = server.getAddress().getPort();
        this.server = server;
        this.threads = threads();
        this.streams = new EventStreams(nanos);
        this.sessions = new Sessions(port);
        this.routes = new PageRoutes(
                archive, sessions, new TokenThrottle(nanos), new RunViews(archive, clock, nanos), streams);
        server.setExecutor(threads);
        server.createContext("/", new FrontHandler(new OriginPolicy(port), routes));
        server.start();
    }

    /** Sets the limits of the server where nobody set them; to be called before any server of the JDK is used. */
    public static void presetLimits() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    /**
     * Begins to serve.
     *
     * @param port 0 for any that is free
     * @param nanos a monotonic clock
     * @throws IOException when the port cannot be listened on
     */
    public static Dashboard start(RunArchive archive, int port, Clock clock, LongSupplier nanos) throws IOException {
        presetLimits();
        var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        return new Dashboard(archive, HttpServer.create(address, BACKLOG), clock, nanos);
    }

    /** The address for a person, with the token that lets them in: to be shown once, on the terminal, and nowhere else. */
    public String address() {
        return "http://127.0.0.1:%d/#%s".formatted(server.getAddress().getPort(), sessions.token());
    }

    /** The run that the page shows first. */
    public void show(String runId) {
        routes.current(runId);
    }

    /** Tells whoever looks the last news, and ends. */
    @Override
    public void close() {
        streams.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private static ExecutorService threads() {
        var pool = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            var thread = new Thread(work, "dashboard");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
