package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import dev.smsrunner.simulator.AuditEntry;
import java.net.URI;
import java.time.Instant;

/** The process cannot reach its database or the service for a while. */
final class PartitionTrials {

    /** Documented maximum time of changes without the database, with a margin for busy cores. */
    private static final long LAST_CHANGE = 4_000;

    private PartitionTrials() {}

    /** Cuts off the database for this time. */
    static Trial fromDatabase(long millis) {
        return (setup, findings) -> {
            var home = setup.store().home();
            try (var wire = new CuttableConnection(port(home.url()));
                    var scenario = slow(setup, through(home, wire));
                    var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("some are started", () -> scenario.cloud().starts().size() > 2);
                wire.cut();
                var cut = Instant.now();
                KillTrials.pause(millis);
                var restored = Instant.now();
                quietBetween(scenario, cut.plusMillis(LAST_CHANGE), restored, findings);
                wire.restore();
                finished(child, scenario, findings);
            }
        };
    }

    private static void quietBetween(Scenario scenario, Instant from, Instant to, TrialFindings findings) {
        scenario.audit().entries().stream()
                .filter(entry -> entry.requestId() != null && entry.effect() == AuditEntry.Effect.EXECUTED)
                .filter(entry ->
                        entry.realTime().isAfter(from) && entry.realTime().isBefore(to))
                .forEach(entry -> findings.holds(false, "no change while the database is away", entry));
    }

    /** Cuts off the service for this time. */
    static Trial fromService(long millis) {
        return (setup, findings) -> {
            try (var scenario = slow(setup, setup.store().home())) {
                var wires = new CuttableConnection[1];
                scenario.through(endpoint -> {
                    wires[0] = new CuttableConnection(URI.create(endpoint).getPort());
                    return "http://127.0.0.1:" + wires[0].port();
                });
                try (var wire = wires[0];
                        var child = InstrumentedProgram.run(scenario, setup.switches())) {
                    child.until(
                            "some are started", () -> scenario.cloud().starts().size() > 2);
                    wire.cut();
                    KillTrials.pause(millis);
                    wire.restore();
                    finished(child, scenario, findings);
                }
            }
        };
    }

    /** The database repeatedly ends all connections. */
    static void connectionsKilled(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        try (var scenario = slow(setup, setup.store().home());
                var child = InstrumentedProgram.run(scenario, setup.switches())) {
            child.until("it is at work", () -> scenario.cloud().calls("ListServers") > 0);
            for (int kills = 0; child.isAlive() && kills < 200; kills++) {
                killConnections(scenario);
                KillTrials.pause(1_000 + random.nextInt(2_000));
            }
            finished(child, scenario, findings);
        }
    }

    private static void killConnections(Scenario scenario) {
        try (var database = DatabaseCopy.of(scenario)) {
            database.query("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    private static Scenario slow(TrialSetup setup, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, setup.directory(), home)
                .job("limits.requests-per-second", "8")
                .speed(1_000);
    }

    private static void finished(ChildProcess child, Scenario scenario, TrialFindings findings) {
        var result = child.awaitEnd();
        findings.holds(result.exitCode() == 0, "it continues by itself", result.exitCode() + " " + result.err());
        if (result.exitCode() == 0) {
            new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
        }
    }

    private static int port(String url) {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    private static StoryDatabase through(StoryDatabase home, CuttableConnection wire) {
        return new StoryDatabase(
                home.url().replaceFirst("//[^/]*/", "//127.0.0.1:" + wire.port() + "/"), home.environment());
    }
}
