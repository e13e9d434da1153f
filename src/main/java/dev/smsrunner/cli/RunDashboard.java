package dev.smsrunner.cli;

import dev.smsrunner.dashboard.Dashboard;
import dev.smsrunner.dashboard.LatestProgress;
import dev.smsrunner.dashboard.ProgramAccess;
import dev.smsrunner.dashboard.RunArchive;
import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Live page of a run, opened when the run has its id. A failure to open it never stops the run. */
final class RunDashboard implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final @Nullable Integer port;
    private final boolean metrics;
    private final CommonOptions common;
    private final Database database;
    private final ProgramAccess programs;
    private final LatestProgress progress = new LatestProgress();
    private volatile ApiStats usage = ApiStats.NONE;
    private @Nullable ServedPage page;
    private @Nullable PageAddress address;

    /** A served page with its own database connections. */
    record ServedPage(Dashboard dashboard, Database readers) implements AutoCloseable {

        /** @throws IOException when the port is unavailable */
        static ServedPage at(int port, CommonOptions common, Database database) throws IOException {
            return at(port, common, database, new LatestProgress(), programs(common));
        }

        /** Opens the page in the process that works on the run. */
        static ServedPage at(
                int port, CommonOptions common, Database database, LatestProgress progress, ProgramAccess programs)
                throws IOException {
            var readers = database.forReaders(CONNECTIONS);
            var queries = new RunQueries(readers, common.context());
            var archive = new RunArchive(
                    new Runs(readers.source(), common.clock()),
                    new RunReader(readers.source()),
                    new Controls(database.source(), common.clock()),
                    common.actor(),
                    queries::holder,
                    common.suggested(),
                    progress);
            try {
                return new ServedPage(
                        Dashboard.start(archive, port, common.clock(), System::nanoTime, programs), readers);
            } catch (IOException ex) {
                readers.close();
                throw ex;
            }
        }

        @Override
        public void close() {
            dashboard.close();
            readers.close();
        }
    }

    RunDashboard(DashboardOptions options, CommonOptions common, Database database) {
        this.port = options.port(common);
        this.common = common;
        this.database = database;
        this.metrics = options.hasMetrics();
        var access = programs(common);
        this.programs = metrics ? access.withMetrics(() -> usage.byResult()) : access;
    }

    /** Access of programs by the token of the environment. */
    static ProgramAccess programs(CommonOptions common) {
        try {
            return ProgramAccess.of(common.environment());
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /** Shows the run; returns the message for the operator, once. */
    synchronized Optional<String> show(String runId) {
        if (port == null || page != null) {
            return Optional.empty();
        }
        try {
            page = ServedPage.at(port, common, database, progress, programs);
            page.dashboard().show(runId);
            address = PageAddress.of(page.dashboard(), common);
            return Optional.of(
                    address.text() + (metrics ? ". Metrics: " + page.dashboard().metricsAddress() : ""));
        } catch (IOException ex) {
            return Optional.of("No live page: cannot %s (%s). The run continues."
                    .formatted(
                            page == null ? "listen on port %d".formatted(port) : "write the file with its address",
                            FileFailures.text(ex)));
        }
    }

    /** Receives observed rows of the run. */
    void rowsObserved(Collection<LedgerRow> rows) {
        if (port != null) {
            progress.update(rows);
        }
    }

    /** Receives the API usage of the run. */
    void apiUsed(ApiStats stats) {
        usage = stats;
    }

    @Override
    public synchronized void close() {
        if (page != null) {
            page.close();
        }
        if (address != null) {
            address.close();
        }
    }
}
