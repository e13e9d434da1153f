package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several processes compete for the same run. */
final class ConcurrencyTrials {

    /** A window that opens after every trial. */
    static final String NEXT_CENTURY = "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}";

    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(5);

    /** Maximum time for three concurrent starts on a busy machine. */
    private static final long PATIENCE = 150_000;

    private ConcurrencyTrials() {}

    /** Starts this number of processes at the same moment. */
    static Trial starting(int processes) {
        return (setup, findings) -> race(setup, processes, false, findings);
    }

    /** Resumes the run of a killed process with this number of processes. */
    static Trial restarting(int processes) {
        return (setup, findings) -> race(setup, processes, true, findings);
    }

    private static void race(TrialSetup setup, int processes, boolean again, TrialFindings findings) {
        try (var scenario = setup.quiet().job("cutover.window", NEXT_CENTURY)) {
            if (again) {
                killedAtWork(setup, scenario);
            }
            var competitors = new ArrayList<CompetingProcess>();
            for (int number = 0; number < processes; number++) {
                competitors.add(CompetingProcess.start(setup, scenario, number));
            }
            one(competitors, findings);
            competitors.forEach(CompetingProcess::close);
            if (findings.isEmpty()) {
                finished(setup, scenario, findings);
            }
        }
    }

    private static void killedAtWork(TrialSetup setup, Scenario scenario) {
        try (var first = InstrumentedProgram.run(scenario, setup.switches())) {
            first.until("some are started", () -> scenario.cloud().starts().size() > 2)
                    .kill();
        }
    }

    /** All but one are refused in time and report the owner. The owner ends by a signal. */
    private static void one(List<CompetingProcess> competitors, TrialFindings findings) {
        var living = new ArrayList<>(competitors);
        for (long waited = 0; living.size() > 1 && waited < PATIENCE; waited += 20) {
            KillTrials.pause(20);
            living.removeIf(competitor -> !competitor.child().isAlive());
        }
        findings.same(living.size(), 1, "one works on it, the others are refused");
        var owner = living.isEmpty() ? "" : "process " + living.get(0).child().pid();
        for (var competitor : competitors) {
            if (!living.contains(competitor)) {
                competitor.isRefused(owner, REFUSED_WITHIN, findings);
            }
        }
        living.forEach(competitor ->
                findings.same(competitor.child().terminate().exitCode(), 5, "the owner is stopped by a signal"));
    }

    /** Finishes the run without the window. */
    static void finished(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        scenario.jobWithout("cutover.window").prepare();
        try (var last = InstrumentedProgram.start(
                scenario, setup.switches(), "run", scenario.jobFile().toString(), "--accept-changes", "--json")) {
            var result = last.awaitEnd();
            findings.same(result.exitCode(), 0, "the same command finishes it");
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        }
    }

    /** A process sleeps longer than its lease while another takes over. After waking it makes no further change. */
    static Trial sleeping(boolean wholeLease) {
        return (setup, findings) -> {
            try (var scenario = setup.quiet()
                            .job("limits.requests-per-second", "20")
                            .speed(1_000);
                    var sleeper = InstrumentedProgram.run(scenario, setup.switches())) {
                sleeper.until(
                                "some are started",
                                () -> scenario.cloud().starts().size() > 2)
                        .signal("STOP");
                leaseRunsOut(scenario, wholeLease);
                try (var other = InstrumentedProgram.run(scenario, setup.switches())) {
                    var result = other.awaitEnd();
                    findings.same(result.exitCode(), 0, "another takes over");
                }
                var before = state(scenario);
                sleeper.signal("CONT");
                findings.works(
                        "the woken process ends",
                        () -> findings.same(sleeper.exitCode(), 3, "the woken process is refused"));
                findings.same(state(scenario), before, "the woken process changes nothing");
            }
        };
    }

    private static void leaseRunsOut(Scenario scenario, boolean wholeLease) {
        if (wholeLease) {
            KillTrials.pause(16_000);
        } else {
            try (var database = DatabaseCopy.of(scenario)) {
                database.change("update lease set held_until = current_timestamp - interval '1' second");
            }
        }
    }

    private static String state(Scenario scenario) {
        try (var database = DatabaseCopy.of(scenario)) {
            return database.query("select run_id, state, token, last_event, writes from run") + " "
                    + scenario.cloud().changes();
        }
    }

    /** On the embedded database a sleeping process keeps the file, so another is refused until it wakes. */
    static void sleepingOnItsFile(TrialSetup setup, TrialFindings findings) {
        try (var scenario =
                        setup.quiet().job("limits.requests-per-second", "20").speed(1_000);
                var sleeper = InstrumentedProgram.run(scenario, setup.switches())) {
            sleeper.until("some are started", () -> scenario.cloud().starts().size() > 2)
                    .signal("STOP");
            try (var other = InstrumentedProgram.run(scenario, setup.switches())) {
                int code = other.exitCode();
                findings.holds(code == 3 || code == 4, "another is refused", code + " " + other.stderr());
            }
            sleeper.signal("CONT");
            var result = sleeper.awaitEnd();
            findings.same(result.exitCode(), 0, "the woken process finishes it");
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        }
    }
}
