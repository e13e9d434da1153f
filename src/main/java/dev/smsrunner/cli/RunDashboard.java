package dev.smsrunner.cli;

import dev.smsrunner.dashboard.Dashboard;
import dev.smsrunner.dashboard.LatestProgress;
import dev.smsrunner.dashboard.RunArchive;
import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.Runs;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page of a run, opened when the run has its id. That it cannot be opened never stops a run. */
final class RunDashboard implements AutoCloseable {

    private static final int CONNECTIONS = 2;

    private final @Nullable Integer port;
    private final CommonOptions common;
    private final Database database;
    private final LatestProgress progress = new LatestProgress();
    private @Nullable Open open;
    private @Nullable PageAddress address;

    /** The page and the connections that it reads through. */
    record Open(Dashboard dashboard, Database readers) implements AutoCloseable {

        /** @throws IOException when the port cannot be listened on */
        static Open at(int port, CommonOptions common, Database database) throws IOException {
            return at(port, common, database, new LatestProgress());
        }

        /** The same, for the process that works on a run. */
        static Open at(int port, CommonOptions common, Database database, LatestProgress progress) throws IOException {
            var readers = database.forReaders(CONNECTIONS);
            var books = new RunQueries(readers, common.surroundings());
            var archive = new RunArchive(
                    new Runs(readers.source(), common.clock()),
                    new RunReader(readers.source()),
                    new Controls(database.source(), common.clock()),
                    books::holder,
                    common.toRepeat(),
                    progress);
            try {
                return new Open(Dashboard.start(archive, port, common.clock(), System::nanoTime), readers);
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

    RunDashboard(DashboardOptions choice, CommonOptions common, Database database) {
        this.port = choice.port(common);
        this.common = common;
        this.database = database;
    }

    /** Shows the run; returns what to tell the operator, once. */
    synchronized Optional<String> show(String runId) {
        if (port == null || open != null) {
            return Optional.empty();
        }
        try {
            open = Open.at(port, common, database, progress);
            open.dashboard().show(runId);
            address = PageAddress.of(open.dashboard(), common);
            return Optional.of(address.text());
        } catch (IOException ex) {
            return Optional.of("No live page: %s (%s). The run continues."
                    .formatted(
                            open == null
                                    ? "port %d cannot be listened on".formatted(port)
                                    : "the file with its address cannot be written",
                            FileFailures.text(ex)));
        }
    }

    /** The run looked at the rows. */
    void looked(Collection<LedgerRow> rows) {
        if (port != null) {
            progress.update(rows);
        }
    }

    @Override
    public synchronized void close() {
        if (open != null) {
            open.close();
        }
        if (address != null) {
            address.close();
        }
    }
}
