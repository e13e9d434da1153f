package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import dev.smsrunner.simulator.AuditEntry;
import java.net.URI;
import java.time.Instant;

/** The process lives, but cannot reach its database or the service for a while. */
final class PartitionTrials {

    /** The product says so itself: no change in the cloud after so long without the database; and a little for busy cores. */
    private static final long LAST_CHANGE = 4_000;

    private PartitionTrials() {}

    /** Away for so long: the database, or all that leads to it. */
    static Trial fromDatabase(long millis) {
        return (ground, findings) -> {
            var home = ground.store().home();
            try (var wire = new CuttableConnection(port(home.url()));
                    var night = slow(ground, through(home, wire));
                    var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("some are started", () -> night.cloud().starts().size() > 2);
                wire.cut();
                var cut = Instant.now();
                KillTrials.pause(millis);
                var mended = Instant.now();
                quietBetween(night, cut.plusMillis(LAST_CHANGE), mended, findings);
                wire.mend();
                finished(child, night, findings);
            }
        };
    }

    private static void quietBetween(Scenario night, Instant from, Instant to, TrialFindings findings) {
        night.audit().entries().stream()
                .filter(entry -> entry.requestId() != null && entry.effect() == AuditEntry.Effect.EXECUTED)
                .filter(entry ->
                        entry.realTime().isAfter(from) && entry.realTime().isBefore(to))
                .forEach(entry -> findings.holds(false, "no change while the database is away", entry));
    }

    /** Away for so long: the service, or all that leads to it. */
    static Trial fromService(long millis) {
        return (ground, findings) -> {
            try (var night = slow(ground, ground.store().home())) {
                var wires = new CuttableConnection[1];
                night.through(endpoint -> {
                    wires[0] = new CuttableConnection(URI.create(endpoint).getPort());
                    return "http://127.0.0.1:" + wires[0].port();
                });
                try (var wire = wires[0];
                        var child = InstrumentedProgram.run(night, ground.switches())) {
                    child.until("some are started", () -> night.cloud().starts().size() > 2);
                    wire.cut();
                    KillTrials.pause(millis);
                    wire.mend();
                    finished(child, night, findings);
                }
            }
        };
    }

    /** All connections of the database are ended from its side again and again. */
    static void connectionsKilled(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        try (var night = slow(ground, ground.store().home());
                var child = InstrumentedProgram.run(night, ground.switches())) {
            child.until("it is at work", () -> night.cloud().calls("ListServers") > 0);
            for (int kills = 0; child.isAlive() && kills < 200; kills++) {
                killConnections(night);
                KillTrials.pause(1_000 + random.nextInt(2_000));
            }
            finished(child, night, findings);
        }
    }

    private static void killConnections(Scenario night) {
        try (var books = DatabaseCopy.of(night)) {
            books.ask("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    private static Scenario slow(TrialSetup ground, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, ground.directory(), home)
                .job("limits.requests-per-second", "8")
                .speed(1_000);
    }

    private static void finished(ChildProcess child, Scenario night, TrialFindings findings) {
        var told = child.ended();
        findings.holds(told.exitCode() == 0, "it goes on by itself", told.exitCode() + " " + told.err());
        if (told.exitCode() == 0) {
            new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
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
