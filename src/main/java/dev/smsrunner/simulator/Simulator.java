package dev.smsrunner.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A running simulated service on loopback; it ends with {@link #close()} or with the process. */
public final class Simulator implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int BACKLOG = 1024;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Cloud cloud;
    private final SimulatorAudit audit;
    private final Journal journal;
    private final AuditFile auditFile;

    private Simulator(
            HttpServer server,
            ExecutorService threads,
            Cloud cloud,
            SimulatorAudit audit,
            Journal journal,
            AuditFile auditFile) {
        this.server = server;
        this.threads = threads;
        this.cloud = cloud;
        this.audit = audit;
        this.journal = journal;
        this.auditFile = auditFile;
    }

    /**
     * Makes the world, or continues the one of the state directory, and begins to answer.
     *
     * @throws IOException when the port is taken, or a file cannot be read, or holds something else than it should
     */
    public static Simulator start(SimulatorSettings settings) throws IOException {
        // Without it, and with the client's delayed acknowledgements, every small answer takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        @Nullable Path state = settings.stateDirectory();
        Journal journal = state == null ? Journal.inMemory(settings) : Journal.in(state, settings);
        AuditFile auditFile = state == null ? AuditFile.none() : AuditFile.in(state);
        SimulatorAudit audit = new SimulatorAudit(auditFile);
        VirtualTime time = new VirtualTime(journal.epoch(), settings.speed(), settings.clock());
        Cloud cloud = new Cloud(new World(settings.seed(), journal.epoch()), time, journal, audit);
        cloud.populate(settings.servers(), name -> ServerFault.NONE);
        Gateway gateway = new Gateway(cloud, Routes.of(cloud, settings.concurrent()), audit, settings.clock());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, Simulator::daemon);
        return new Simulator(listen(settings, gateway, threads), threads, cloud, audit, journal, auditFile);
    }

    private static HttpServer listen(SimulatorSettings settings, Gateway gateway, ExecutorService threads)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), settings.port());
        HttpServer server = HttpServer.create(address, BACKLOG);
        server.setExecutor(threads);
        server.createContext("/", gateway);
        server.start();
        return server;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator");
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Base address of every service it plays, for example {@code http://127.0.0.1:18080}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** What was asked of it so far and what happened, up to this moment. */
    public SimulatorAudit audit() {
        synchronized (cloud) {
            cloud.settle();
        }
        return audit;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        journal.close();
        auditFile.close();
    }
}
