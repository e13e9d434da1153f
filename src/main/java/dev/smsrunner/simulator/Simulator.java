package dev.smsrunner.simulator;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** A running simulated service on loopback, until {@link #close()} or the end of the process. */
public final class Simulator implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int BACKLOG = 1024;

    private final Records records;
    private final SimulatedCloud cloud;
    private final CallDispatcher execution;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, Simulator::daemon);
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(Simulator::daemon);
    private final HttpServer server;

    /**
     * The records in memory or in the state directory.
     *
     * @param journal journal of all changes
     * @param auditFile the audit on disk
     * @param audit the audit
     */
    private record Records(Journal journal, JsonLines auditFile, SimulatorAudit audit) implements AutoCloseable {

        static Records open(SimulatorSettings settings) throws IOException {
            @Nullable Path state = settings.stateDirectory();
            Journal journal = state == null ? Journal.inMemory(settings) : Journal.in(state, settings);
            try {
                JsonLines auditFile = state == null ? JsonLines.none() : JsonLines.open(state.resolve("audit.jsonl"));
                return new Records(journal, auditFile, new SimulatorAudit(auditFile));
            } catch (IOException | RuntimeException ex) {
                journal.close();
                throw ex;
            }
        }

        @Override
        public void close() {
            journal.close();
            auditFile.close();
        }
    }

    private Simulator(SimulatorSettings settings, Records records, Faults faults) throws IOException {
        this.records = records;
        ServerGenerator world =
                new ServerGenerator(settings.seed(), records.journal().epoch());
        VirtualTime time = new VirtualTime(world.epoch(), settings.speed(), settings.clock());
        this.cloud = new SimulatedCloud(world, settings.servers(), time, records.journal(), records.audit());
        cloud.populate(faults);
        this.execution = new CallDispatcher(cloud, faults, records.audit(), settings.clock());
        Tokens tokens = new Tokens(settings.credentials(), settings.clock());
        Gateway gateway = new Gateway(
                RouteTable.of(cloud, tokens, settings.concurrent()),
                new Authenticator(settings.credentials(), tokens, settings.clock()),
                new RateLimit(settings.requestsPerSecond(), settings.clock()),
                execution,
                new ResponseWriter(later),
                world,
                records.audit().size());
        this.server = listen(settings.port(), gateway);
    }

    /**
     * Creates the world, or resumes the world of the state directory, and starts to answer.
     *
     * @throws IOException when the port is taken, a file cannot be read, or the state directory holds another world
     * @throws IllegalArgumentException when the fault file is invalid
     */
    public static Simulator start(SimulatorSettings settings) throws IOException {
        // Without TCP_NODELAY and with delayed acknowledgements of the client, every small answer takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        @Nullable Path faultFile = settings.faults();
        Faults faults = faultFile == null ? Faults.none() : FaultFile.read(faultFile, settings.seed());
        Records records = Records.open(settings);
        try {
            return new Simulator(settings, records, faults);
        } catch (IOException | RuntimeException ex) {
            records.close();
            throw ex;
        }
    }

    private HttpServer listen(int port, Gateway gateway) throws IOException {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port);
        HttpServer created = HttpServer.create(address, BACKLOG);
        created.setExecutor(threads);
        created.createContext("/", gateway);
        created.start();
        return created;
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator");
        thread.setDaemon(true);
        return thread;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Base address of every simulated service, for example {@code http://127.0.0.1:18080}. */
    public String endpoint() {
        return "http://127.0.0.1:" + port();
    }

    /** The audit of all calls and background events up to this moment. */
    public SimulatorAudit audit() {
        synchronized (cloud) {
            execution.deliverLate();
            cloud.recordBackgroundEvents();
        }
        return records.audit();
    }

    /** Stops answering and drops the connections. The state directory stays. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        later.shutdownNow();
        records.close();
    }
}
