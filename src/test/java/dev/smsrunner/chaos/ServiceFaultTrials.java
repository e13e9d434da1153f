package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.simulator.KnownServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The service, its answers and its servers are not as they should be. */
final class ServiceFaultTrials {

    private static final List<String> ANSWERS = List.of(
            "kind: close-before",
            "kind: close-after",
            "kind: status-before, status: 500",
            "kind: status-after, status: 502",
            "kind: status-after, status: 504",
            "kind: truncated",
            "kind: html",
            "kind: empty",
            "kind: malformed",
            "kind: delay, delay: 1s",
            "kind: throttled, retry-after: '1'",
            "kind: late-delivery, delay: 1s");

    private static final List<String> OPERATIONS =
            List.of("CreateTask", "UpdateTask", "start", "test", "ListServers", "ListTasks", "ShowTask", "'*'");

    private static final List<String> SERVERS = List.of(
            "fail-times: 1, fail-code: SMS.0203",
            "fail-times: 2, fail-code: SMS.0210",
            "fail-times: 1, fail-at: 95%, fail-code: SMS.6301",
            "disconnect-at: 30%, disconnect-for: 20m",
            "state-case: upper",
            "unknown-state: {at: 40%, for: 30m, value: rebalancing, on: both}",
            "unknown-state: {at: 60%, for: 30m, value: premiging, on: task}",
            "null-progress: true",
            "progress-over-100: true",
            "leftover-task: READY",
            "leftover-task: RUNNING",
            "leftover-task: ABORT",
            "hide-new-task-for: 90m");

    private static final List<String> NAMES =
            List.of("erp-app-01", "erp-app-02", "erp-app-03", "erp-db-01", "erp-db-02", "crm-app-01", "crm-app-02");

    private ServiceFaultTrials() {}

    /** Every fault of answers and servers may strike, as the seed decides; all servers must get through. */
    static void bad(TrialSetup ground, TrialFindings findings) {
        try (var night = struck(ground.quiet(), ground.random())) {
            finished(ground, night, findings);
        }
    }

    /** The same, and the process dies in between. */
    static void badAndDying(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        try (var night = struck(ground.quiet(), random)) {
            for (int deaths = 1 + random.nextInt(2); deaths > 0; deaths--) {
                try (var child = InstrumentedProgram.run(night, ground.switches())) {
                    KillTrials.pause(2_000 + random.nextInt(5_000));
                    child.kill();
                }
                new InvariantChecks(night, findings).atDeath();
            }
            finished(ground, night, findings);
        }
    }

    private static Scenario struck(Scenario night, Random random) {
        night.job("retry.restarts", "4");
        for (var fault : ANSWERS) {
            var operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            night.answers("operation: %s, %s, probability: 0.05, times: 6".formatted(operation, fault));
        }
        for (var name : NAMES) {
            night.server(name, SERVERS.get(random.nextInt(SERVERS.size())));
        }
        return night;
    }

    /** The answers of the first create, start and launch of every server are lost. */
    static void lostAnswers(TrialSetup ground, TrialFindings findings) {
        var night = ground.quiet()
                .answers("operation: CreateTask, kind: close-after, first-per-source: true")
                .answers("operation: start, kind: status-after, status: 504, first-per-source: true")
                .answers("operation: test, kind: truncated, first-per-source: true");
        try (night) {
            finished(ground, night, findings);
        }
    }

    /** The requests of the first creates come in when their callers have given up. */
    static void lateDelivery(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet()
                .answers("operation: CreateTask, kind: late-delivery, delay: 1500ms, first-per-source: true")) {
            finished(ground, night, findings);
        }
    }

    /** The answers of all creates are lost, and the lists do not show the new tasks for a minute and a half. */
    static void hiddenTasks(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet()
                .speed(600)
                .server("'*'", "hide-new-task-for: 15h")
                .answers("operation: CreateTask, kind: close-after, first-per-source: true")) {
            finished(ground, night, findings);
        }
    }

    /** A server shows a state that nobody knows, for a while. */
    static void unknownState(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet()
                .speed(1_000)
                .server("erp-app-01", "unknown-state: {at: 20%, for: 1h, value: rebalancing, on: both}")) {
            finished(ground, night, findings);
        }
    }

    /** All are in sync and nothing is launched, since the window is far away; without it the same run launches them. */
    static void window(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().job("cutover.window", ConcurrencyTrials.NEXT_CENTURY);
                var child = InstrumentedProgram.run(night, ground.switches())) {
            night.untilStatus(
                    "all in sync",
                    status -> status.split("SYNCING", -1).length > TrialSetup.SERVERS
                            || !night.cloud().launches().isEmpty());
            findings.same(child.terminate().code(), 5, "it stops by a signal");
            findings.holds(
                    night.cloud().launches().isEmpty(),
                    "launches in the window",
                    night.cloud().launches());
            ConcurrencyTrials.finished(ground, night, findings);
        }
    }

    /** Only three may be under way at once. */
    static void capped(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().job("limits.concurrent", "3")) {
            finished(ground, night, findings);
            new AuditChecks(night.audit()).cap(findings, 3);
        }
    }

    /** The service asks to wait. */
    static void throttled(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().answers("operation: CreateTask, kind: throttled, retry-after: '3', times: 1")) {
            finished(ground, night, findings);
            new AuditChecks(night.audit()).retryAfter(findings, Duration.ofSeconds(3));
        }
    }

    /** Two servers share a name in two spellings, one of them takes long, and a third server depends on that name. */
    static void twins(TrialSetup ground, TrialFindings findings) {
        var slow = KnownServer.first(TrialSetup.SERVERS).stream()
                .filter(server -> server.name().equals("erp-app-02"))
                .findFirst()
                .orElseThrow();
        try (var night = ground.quiet()
                .server(slow.name(), "duration: 10h")
                .row(slow.name(), "server_name", "ERP-APP-01.")
                .row(slow.name(), "source_server_id", slow.id())
                .row("erp-db-01", "depends_on", "erp-app-01")) {
            finished(ground, night, findings);
            findings.holds(
                    night.cloud().first("test", "erp-db-01") > night.cloud().first("finish", slow.name()),
                    "launched after all servers of the name it depends on",
                    slow.name());
        }
    }

    /** Three days of copying, in half a minute. */
    static void longNight(TrialSetup ground, TrialFindings findings) {
        try (var night = struck(ground.quiet().speed(10_000), ground.random()).server("erp-web-01", "duration: 72h")) {
            finished(ground, night, findings);
        }
    }

    /** Nothing is done to it. */
    static void fair(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.night();
                var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            if (ended(told, findings)) {
                var proof = new InvariantChecks(night, findings);
                proof.atEnd(told, TrialSetup.SERVERS, 1);
                proof.same(told, KillTrials.undisturbed(ground.store()));
            }
        }
    }

    /** One server fails for good; the rerun takes it and no other. */
    static void rerun(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().server("erp-app-02", "fail-times: 1, fail-code: SMS.6617")) {
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                findings.same(child.code(), 1, "one failed");
            }
            try (var child = InstrumentedProgram.start(night, ground.switches(), "rerun", "last", "--json")) {
                var told = child.ended();
                if (ended(told, findings)) {
                    findings.same(told.outcomes(), Map.of("MIGRATED", 1), "the rerun takes what failed");
                }
            }
        }
    }

    private static void finished(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            if (ended(told, findings)) {
                var outcomes = told.outcomes(); // SKIPPED: what somebody had begun was finished before anybody looked
                findings.same(
                        outcomes.getOrDefault("MIGRATED", 0) + outcomes.getOrDefault("SKIPPED", 0),
                        TrialSetup.SERVERS,
                        "all come through");
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, KillTrials.runsBegun(night));
            }
        }
    }

    private static boolean ended(CommandResult told, TrialFindings findings) {
        boolean json = told.exitCode() == 0 || told.exitCode() == 1;
        findings.holds(told.exitCode() == 0, "it ends well", told.exitCode() + " " + told.err());
        return json;
    }
}
