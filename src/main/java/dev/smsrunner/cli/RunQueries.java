package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Database access of commands that read runs, possibly while another process works on one. */
final class RunQueries implements AutoCloseable {

    private final Database database;
    private final Runs runs;
    private final Leases leases;
    private final Ledger ledger;
    private final Predicate<Lease> alive;

    RunQueries(Database database, CommandContext context) {
        this.database = database;
        this.runs = new Runs(database.source(), context.clock());
        this.leases = new Leases(database.source());
        this.ledger = new Ledger(database.source(), context.clock(), DatabaseRetry.upTo(Duration.ZERO));
        this.alive = context.alive();
    }

    /**
     * Opens the existing database.
     *
     * @throws CommandException when there is no database, hence no run
     */
    static RunQueries open(CommonOptions common) {
        if (!common.hasDatabase()) {
            throw RunSelector.noRun(common.place());
        }
        return new RunQueries(common.openDatabase(), common.context());
    }

    Database database() {
        return database;
    }

    Runs runs() {
        return runs;
    }

    Ledger ledger() {
        return ledger;
    }

    /** Data source of the database. */
    DataSource source() {
        return database.source();
    }

    /** Name of the simulated world: the id of the first run in a chain of reruns, which all use the same world. */
    String worldOf(Run run) {
        return worldOf(run, runs);
    }

    static String worldOf(Run run, Runs runs) {
        var first = run;
        while (first.rerunOf() != null) {
            first = runs.find(first.rerunOf()).orElseThrow();
        }
        return first.runId();
    }

    /**
     * Lease of the living process that works on the run. A run and its reruns share a lease; its holder works on the latest run
     * under way.
     */
    Optional<Lease> holder(Run run) {
        if (run.state() != RunState.RUNNING
                || !runs.findLatestRunning(run.jobKey())
                        .map(run.runId()::equals)
                        .orElse(true)) {
            return Optional.empty();
        }
        return Optional.of(leases.find(run.jobKey())).filter(alive);
    }

    /** {@code INTERRUPTED} if no process works on a run under way, else the state of the run. */
    static String state(Run run, Optional<Lease> holder) {
        return run.state() == RunState.RUNNING && holder.isEmpty()
                ? "INTERRUPTED"
                : run.state().name();
    }

    @Override
    public void close() {
        database.close();
    }
}
