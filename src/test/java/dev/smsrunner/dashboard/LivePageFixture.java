package dev.smsrunner.dashboard;

import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunReader;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.ManualClock;
import dev.smsrunner.support.SuggestedCommands;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The live page over a run in a real database, with a lease of an invented process. */
final class LivePageFixture implements AutoCloseable {

    static final Instant SINCE = Instant.parse("2026-11-21T21:59:59Z");

    private final TestLedger ledger;
    private final Database readers;
    private final AtomicLong nanos = new AtomicLong();
    private final LatestProgress progress = new LatestProgress();
    private final Dashboard dashboard;
    private volatile boolean active = true;

    LivePageFixture(Path directory) throws IOException {
        this(directory, ProgramAccess.none());
    }

    LivePageFixture(Path directory, ProgramAccess programs) throws IOException {
        ledger = new TestLedger(Database.open(directory, null, Map.of()));
        readers = ledger.database().forReaders(2);
        var archive = new RunArchive(
                new Runs(readers.source(), ledger.clock()),
                new RunReader(readers.source()),
                new Controls(ledger.database().source(), ledger.clock()),
                TestLedger.OPERATOR,
                this::holder,
                new SuggestedCommands("bin/sms-runner", " --data here"),
                progress);
        dashboard = Dashboard.start(archive, 0, ledger.clock(), nanos::get, programs);
        dashboard.show(ledger.runId());
    }

    private Optional<Lease> holder(Run run) {
        return active && run.state() == RunState.RUNNING
                ? Optional.of(new Lease("key", 1, "ops-1", "space", 4711, "then", SINCE, SINCE.plusSeconds(15), false))
                : Optional.empty();
    }

    /** Ends the process that works on the run. */
    void releaseLease() {
        active = false;
        expireView();
    }

    /** Advances the clock until the cached view expires. */
    void expireView() {
        nanos.addAndGet(1_000_000_000L);
    }

    AtomicLong nanos() {
        return nanos;
    }

    TestLedger ledger() {
        return ledger;
    }

    ManualClock clock() {
        return ledger.clock();
    }

    /** Progress observed by the process that works on the run. */
    LatestProgress progress() {
        return progress;
    }

    Controls controls() {
        return new Controls(ledger.database().source(), ledger.clock());
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
        ledger.close();
    }
}
