package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.simulator.KnownServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Faults of the service, its answers and its servers. */
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

    /** Random faults of answers and servers. All servers must be migrated. */
    static void bad(TrialSetup setup, TrialFindings findings) {
        try (var scenario = withFaults(setup.quiet(), setup.random())) {
            finished(setup, scenario, findings);
        }
    }

    /** Random faults of answers and servers, with kills. */
    static void badAndDying(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        try (var scenario = withFaults(setup.quiet(), random)) {
            for (int deaths = 1 + random.nextInt(2); deaths > 0; deaths--) {
                try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                    KillTrials.pause(2_000 + random.nextInt(5_000));
                    child.kill();
                }
                new InvariantChecks(scenario, findings).atDeath();
            }
            finished(setup, scenario, findings);
        }
    }

    private static Scenario withFaults(Scenario scenario, Random random) {
        scenario.job("retry.restarts", "4");
        for (var fault : ANSWERS) {
            var operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
            scenario.answers("operation: %s, %s, probability: 0.05, times: 6".formatted(operation, fault));
        }
        for (var name : NAMES) {
            scenario.server(name, SERVERS.get(random.nextInt(SERVERS.size())));
        }
        return scenario;
    }

    /** Lost answers of the first create, start and launch of every server. */
    static void lostAnswers(TrialSetup setup, TrialFindings findings) {
        var scenario = setup.quiet()
                .answers("operation: CreateTask, kind: close-after, first-per-source: true")
                .answers("operation: start, kind: status-after, status: 504, first-per-source: true")
                .answers("operation: test, kind: truncated, first-per-source: true");
        try (scenario) {
            finished(setup, scenario, findings);
        }
    }

    /** First creates that arrive after their callers have given up. */
    static void lateDelivery(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet()
                .answers("operation: CreateTask, kind: late-delivery, delay: 1500ms, first-per-source: true")) {
            finished(setup, scenario, findings);
        }
    }

    /** Lost answers of all creates, with new tasks missing in lists for 90 s. */
    static void hiddenTasks(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet()
                .speed(600)
                .server("'*'", "hide-new-task-for: 15h")
                .answers("operation: CreateTask, kind: close-after, first-per-source: true")) {
            finished(setup, scenario, findings);
        }
    }

    /** A server with an unknown state for a while. */
    static void unknownState(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet()
                .speed(1_000)
                .server("erp-app-01", "unknown-state: {at: 20%, for: 1h, value: rebalancing, on: both}")) {
            finished(setup, scenario, findings);
        }
    }

    /** No launch before the window. Without it the same run launches all servers. */
    static void window(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet().job("cutover.window", ConcurrencyTrials.NEXT_CENTURY);
                var child = InstrumentedProgram.run(scenario, setup.switches())) {
            scenario.untilStatus(
                    "all in sync",
                    status -> status.split("SYNCING", -1).length > TrialSetup.SERVERS
                            || !scenario.cloud().launches().isEmpty());
            findings.same(child.terminate().exitCode(), 5, "it stops by a signal");
            findings.holds(
                    scenario.cloud().launches().isEmpty(),
                    "launches in the window",
                    scenario.cloud().launches());
            ConcurrencyTrials.finished(setup, scenario, findings);
        }
    }

    /** Limit of three concurrent migrations. */
    static void capped(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet().job("limits.concurrent", "3")) {
            finished(setup, scenario, findings);
            new AuditChecks(scenario.audit()).cap(findings, 3);
        }
    }

    /** A throttled call with Retry-After. */
    static void throttled(TrialSetup setup, TrialFindings findings) {
        try (var scenario =
                setup.quiet().answers("operation: CreateTask, kind: throttled, retry-after: '3', times: 1")) {
            finished(setup, scenario, findings);
            new AuditChecks(scenario.audit()).retryAfter(findings, Duration.ofSeconds(3));
        }
    }

    /** Two servers with one name in two spellings, one of them slow, and a third that depends on the name. */
    static void twins(TrialSetup setup, TrialFindings findings) {
        var slow = KnownServer.first(TrialSetup.SERVERS).stream()
                .filter(server -> server.name().equals("erp-app-02"))
                .findFirst()
                .orElseThrow();
        try (var scenario = setup.quiet()
                .server(slow.name(), "duration: 10h")
                .row(slow.name(), "server_name", "ERP-APP-01.")
                .row(slow.name(), "source_server_id", slow.id())
                .row("erp-db-01", "depends_on", "erp-app-01")) {
            finished(setup, scenario, findings);
            findings.holds(
                    scenario.cloud().first("test", "erp-db-01")
                            > scenario.cloud().first("finish", slow.name()),
                    "launched after all servers of the name it depends on",
                    slow.name());
        }
    }

    /** Three virtual days of copying in half a minute. */
    static void longNight(TrialSetup setup, TrialFindings findings) {
        try (var scenario =
                withFaults(setup.quiet().speed(10_000), setup.random()).server("erp-web-01", "duration: 72h")) {
            finished(setup, scenario, findings);
        }
    }

    /** Undisturbed run. */
    static void fair(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.scenario();
                var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            if (finish(result, findings)) {
                var checks = new InvariantChecks(scenario, findings);
                checks.atEnd(result, TrialSetup.SERVERS, 1);
                checks.same(result, KillTrials.undisturbed(setup.store()));
            }
        }
    }

    /** The rerun repeats only the failed server. */
    static void rerun(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet().server("erp-app-02", "fail-times: 1, fail-code: SMS.6617")) {
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                findings.same(child.exitCode(), 1, "one failed");
            }
            try (var child = InstrumentedProgram.start(scenario, setup.switches(), "rerun", "last", "--json")) {
                var result = child.awaitEnd();
                if (finish(result, findings)) {
                    findings.same(result.outcomes(), Map.of("MIGRATED", 1), "the rerun takes what failed");
                }
            }
        }
    }

    private static void finished(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            if (finish(result, findings)) {
                var outcomes = result.outcomes(); // SKIPPED: leftover tasks that finished before preflight
                findings.same(
                        outcomes.getOrDefault("MIGRATED", 0) + outcomes.getOrDefault("SKIPPED", 0),
                        TrialSetup.SERVERS,
                        "all come through");
                new InvariantChecks(scenario, findings)
                        .atEnd(result, TrialSetup.SERVERS, KillTrials.runsBegun(scenario));
            }
        }
    }

    private static boolean finish(CommandResult result, TrialFindings findings) {
        boolean json = result.exitCode() == 0 || result.exitCode() == 1;
        findings.holds(result.exitCode() == 0, "it ends well", result.exitCode() + " " + result.err());
        return json;
    }
}
