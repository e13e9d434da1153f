package dev.smsrunner.dashboard;

import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.ManualClock;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The live page over a run in a real database, on which a process seems to work. */
final class LivePageFixture implements AutoCloseable {

    static final Instant SINCE = Instant.parse("2026-11-21T21:59:59Z");

    private final TestLedger book;
    private final Database readers;
    private final AtomicLong nanos = new AtomicLong();
    private final LatestProgress progress = new LatestProgress();
    private final Dashboard dashboard;
    private volatile boolean held = true;

    LivePageFixture(Path directory) throws IOException {
        book = new TestLedger(Database.open(directory, null, Map.of()));
        readers = book.database().forReaders(2);
        var archive = new RunArchive(
                new Runs(readers.source(), book.clock()),
                new RunReader(readers.source()),
                new Controls(book.database().source(), book.clock()),
                this::holder,
                " --data here",
                progress);
        dashboard = Dashboard.start(archive, 0, book.clock(), nanos::get);
        dashboard.show(book.runId());
    }

    private Optional<Lease> holder(Run run) {
        return held && run.state() == RunState.RUNNING
                ? Optional.of(new Lease("key", 1, "ops-1", "space", 4711, "then", SINCE, SINCE.plusSeconds(15), false))
                : Optional.empty();
    }

    /** The process is gone. */
    void released() {
        held = false;
        later();
    }

    /** So much later that everybody looks anew. */
    void later() {
        nanos.addAndGet(1_000_000_000L);
    }

    AtomicLong nanos() {
        return nanos;
    }

    TestLedger book() {
        return book;
    }

    ManualClock clock() {
        return book.clock();
    }

    /** What the process that works on the run has seen. */
    LatestProgress progress() {
        return progress;
    }

    Controls controls() {
        return new Controls(book.database().source(), book.clock());
    }

    Browser browser() {
        return new Browser(dashboard.address());
    }

    void closePage() {
        dashboard.close();
    }

    @Override
    public void close() {
        dashboard.close();
        readers.close();
        book.close();
    }
}
