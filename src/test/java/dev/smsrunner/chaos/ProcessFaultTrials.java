package dev.smsrunner.chaos;

import java.util.List;
import java.util.Set;

/** Errors and endless hangs in threads of a living process. */
final class ProcessFaultTrials {

    private static final List<String> ERRORS =
            List.of("OutOfMemoryError", "StackOverflowError", "IllegalStateException");

    /** Points in other threads: lease, calls and output. */
    private static final List<String> ELSEWHERE = List.of(
            "before Leases.renew#2",
            "after Leases.renew#1",
            "before the call#3",
            "after the call#5",
            "before the request#9",
            "after the answer#12");

    private static final long SOON = 60_000;

    private ProcessFaultTrials() {}

    /** An error at a random point of an undisturbed run. */
    static void anywhere(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        var points = KillTrials.undisturbed(setup.store()).points();
        faint(setup, ERRORS.get(random.nextInt(3)), points.get(random.nextInt(points.size())), findings);
    }

    /** An error in a thread other than the main one. */
    static void elsewhere(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        faint(setup, ERRORS.get(random.nextInt(3)), ELSEWHERE.get(random.nextInt(ELSEWHERE.size())), findings);
    }

    private static void faint(TrialSetup setup, String error, String point, TrialFindings findings) {
        try (var scenario = setup.scenario()) {
            try (var child = InstrumentedProgram.run(scenario, setup.switches().troubled(error, point))) {
                int code = child.exitCode();
                findings.holds(
                        Set.of(0, 4, 70).contains(code),
                        "ends or continues",
                        error + " " + point + code + child.stderr());
                findings.holds(!child.hasPrinted("\tat "), "no stack trace", error + " " + point + child.stderr());
            }
            new InvariantChecks(scenario, findings).atDeath();
            KillTrials.end(setup, scenario, findings);
        }
    }

    /** A thread hangs at a point while the lease is still renewed. */
    static void hanging(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        var points = KillTrials.undisturbed(setup.store()).points();
        var point = random.nextInt(3) == 0
                ? ELSEWHERE.get(random.nextInt(ELSEWHERE.size()))
                : points.get(points.size() / 10 + random.nextInt(points.size() * 9 / 10));
        try (var scenario = setup.scenario()) {
            long start = System.nanoTime();
            try (var child = InstrumentedProgram.run(scenario, setup.switches().troubled("hangs", point))) {
                int code = child.exitCode();
                findings.holds(code == 0 || code == 70, "ends itself", point + " " + code + child.stderr());
                findings.holds(
                        code == 0 || child.hasPrinted("no progress for"), "reports the reason", point + child.stderr());
                findings.holds((System.nanoTime() - start) / 1_000_000 < SOON, "ends soon", point);
            }
            new InvariantChecks(scenario, findings).atDeath();
            KillTrials.end(setup, scenario, findings);
        }
    }
}
