package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Several processes want to work on the same run. */
final class ConcurrencyTrials {

    /** A window that no trial lives to see. */
    static final String NEXT_CENTURY = "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}";

    private static final Duration REFUSED_WITHIN = Duration.ofSeconds(5);

    /** So long a machine with many other things to do may take for three starts at once. */
    private static final long PATIENCE = 150_000;

    private ConcurrencyTrials() {}

    /** So many start at the same moment. */
    static Trial starting(int processes) {
        return (ground, findings) -> race(ground, processes, false, findings);
    }

    /** So many go on with a run whose process was killed. */
    static Trial restarting(int processes) {
        return (ground, findings) -> race(ground, processes, true, findings);
    }

    private static void race(TrialSetup ground, int processes, boolean again, TrialFindings findings) {
        try (var night = ground.quiet().job("cutover.window", NEXT_CENTURY)) {
            if (again) {
                killedAtWork(ground, night);
            }
            var rivals = new ArrayList<CompetingProcess>();
            for (int number = 0; number < processes; number++) {
                rivals.add(CompetingProcess.started(ground, night, number));
            }
            one(rivals, findings);
            rivals.forEach(CompetingProcess::close);
            if (findings.isEmpty()) {
                finished(ground, night, findings);
            }
        }
    }

    private static void killedAtWork(TrialSetup ground, Scenario night) {
        try (var first = InstrumentedProgram.run(night, ground.switches())) {
            first.until("some are started", () -> night.cloud().starts().size() > 2)
                    .kill();
        }
    }

    /** All but one are refused in time and told by whom; that one ends by a signal. */
    private static void one(List<CompetingProcess> rivals, TrialFindings findings) {
        var living = new ArrayList<>(rivals);
        for (long waited = 0; living.size() > 1 && waited < PATIENCE; waited += 20) {
            KillTrials.pause(20);
            living.removeIf(rival -> !rival.child().isAlive());
        }
        findings.same(living.size(), 1, "one works on it, the others are refused");
        var owner = living.isEmpty() ? "" : "process " + living.get(0).child().pid();
        for (var rival : rivals) {
            if (!living.contains(rival)) {
                rival.isRefused(owner, REFUSED_WITHIN, findings);
            }
        }
        living.forEach(rival -> findings.same(rival.child().terminate().code(), 5, "the owner is stopped by a signal"));
    }

    /** Without the window the same run goes on to its end. */
    static void finished(TrialSetup ground, Scenario night, TrialFindings findings) {
        night.jobWithout("cutover.window").begins();
        try (var last = InstrumentedProgram.start(
                night, ground.switches(), "run", night.jobFile().toString(), "--accept-changes", "--json")) {
            var told = last.ended();
            findings.same(told.exitCode(), 0, "the same command finishes it");
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        }
    }

    /** One sleeps longer than its lease, another takes over and finishes; the one that wakes changes nothing more. */
    static Trial sleeping(boolean wholeLease) {
        return (ground, findings) -> {
            try (var night = ground.quiet()
                            .job("limits.requests-per-second", "20")
                            .speed(1_000);
                    var sleeper = InstrumentedProgram.run(night, ground.switches())) {
                sleeper.until("some are started", () -> night.cloud().starts().size() > 2)
                        .signal("STOP");
                leaseRunsOut(night, wholeLease);
                try (var other = InstrumentedProgram.run(night, ground.switches())) {
                    var told = other.ended();
                    findings.same(told.exitCode(), 0, "another takes over");
                }
                var before = state(night);
                sleeper.signal("CONT");
                findings.works(
                        "the one that woke ends",
                        () -> findings.same(sleeper.code(), 3, "the one that woke is refused"));
                findings.same(state(night), before, "the one that woke changes nothing");
            }
        };
    }

    private static void leaseRunsOut(Scenario night, boolean wholeLease) {
        if (wholeLease) {
            KillTrials.pause(16_000);
        } else {
            try (var books = DatabaseCopy.of(night)) {
                books.change("update lease set held_until = current_timestamp - interval '1' second");
            }
        }
    }

    private static String state(Scenario night) {
        try (var books = DatabaseCopy.of(night)) {
            return books.ask("select run_id, state, token, last_event, writes from run") + " "
                    + night.cloud().changes();
        }
    }

    /** On the embedded database a sleeping process keeps the file, so another is refused until it wakes. */
    static void sleepingOnItsFile(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet().job("limits.requests-per-second", "20").speed(1_000);
                var sleeper = InstrumentedProgram.run(night, ground.switches())) {
            sleeper.until("some are started", () -> night.cloud().starts().size() > 2)
                    .signal("STOP");
            try (var other = InstrumentedProgram.run(night, ground.switches())) {
                int code = other.code();
                findings.holds(code == 3 || code == 4, "another is refused", code + " " + other.said());
            }
            sleeper.signal("CONT");
            var told = sleeper.ended();
            findings.same(told.exitCode(), 0, "the one that woke finishes it");
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        }
    }
}
