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

/** HTTP server of the live page, on loopback. */
public final class Dashboard implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int BACKLOG = 50;

    /** Limits on connections; the JDK's server reads them when its classes are loaded. */
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

    private Dashboard(RunArchive archive, HttpServer server, Clock clock, LongSupplier nanos, ProgramAccess programs) {
        int port = server.getAddress().getPort();
        this.server = server;
        this.threads = threads();
        this.streams = new EventStreams(nanos);
        this.sessions = new Sessions(port);
        this.routes = new PageRoutes(
                archive, sessions, new TokenThrottle(nanos), new RunViews(archive, clock, nanos), streams, programs);
        server.setExecutor(threads);
        server.createContext("/", new FrontHandler(new OriginPolicy(port), routes));
        server.start();
    }

    /** Sets the limits that are not set yet. Call it before any use of the JDK's server. */
    public static void presetLimits() {
        LIMITS.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    /**
     * Starts the server.
     *
     * @param port 0 for any free port
     * @param nanos a monotonic clock
     * @param programs access of programs
     * @throws IOException if binding the port fails
     */
    public static Dashboard start(RunArchive archive, int port, Clock clock, LongSupplier nanos, ProgramAccess programs)
            throws IOException {
        presetLimits();
        var address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        return new Dashboard(archive, HttpServer.create(address, BACKLOG), clock, nanos, programs);
    }

    /** The address of the page with its token: show it once, on the terminal, and nowhere else. */
    public String address() {
        return "http://127.0.0.1:%d/#%s".formatted(server.getAddress().getPort(), sessions.token());
    }

    /** The address of the metrics. */
    public String metricsAddress() {
        return "http://127.0.0.1:%d/metrics".formatted(server.getAddress().getPort());
    }

    /** Sets the run that the page shows first. */
    public void show(String runId) {
        routes.current(runId);
    }

    /** Sends the last changes to the open pages, then stops. */
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
