package dev.smsrunner.chaos;

import java.util.List;
import java.util.Set;

/** The process lives on, or half of it: memory runs out in one of its threads, or a thread hangs for ever. */
final class ProcessFaultTrials {

    private static final List<String> ERRORS =
            List.of("OutOfMemoryError", "StackOverflowError", "IllegalStateException");

    /** Of a thread of its own: that of the lease, of a call, and of what is told to people. */
    private static final List<String> ELSEWHERE = List.of(
            "before Leases.renew#2",
            "after Leases.renew#1",
            "before the call#3",
            "after the call#5",
            "before the request#9",
            "after the answer#12");

    private static final long SOON = 60_000;

    private ProcessFaultTrials() {}

    /** An error at a point drawn from those of an undisturbed night. */
    static void anywhere(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        var points = KillTrials.undisturbed(ground.store()).points();
        faint(ground, ERRORS.get(random.nextInt(3)), points.get(random.nextInt(points.size())), findings);
    }

    /** An error in a thread besides that of the work. */
    static void elsewhere(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        faint(ground, ERRORS.get(random.nextInt(3)), ELSEWHERE.get(random.nextInt(ELSEWHERE.size())), findings);
    }

    private static void faint(TrialSetup ground, String error, String point, TrialFindings findings) {
        try (var night = ground.night()) {
            try (var child = InstrumentedProgram.run(night, ground.switches().troubled(error, point))) {
                int code = child.code();
                findings.holds(
                        Set.of(0, 4, 70).contains(code), "ends or goes on", error + " " + point + code + child.said());
                findings.holds(!child.hasSaid("\tat "), "no stack trace", error + " " + point + child.said());
            }
            new InvariantChecks(night, findings).atDeath();
            KillTrials.end(ground, night, findings);
        }
    }

    /** A thread hangs at a point, and the lease is renewed all the same. */
    static void hanging(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        var points = KillTrials.undisturbed(ground.store()).points();
        var point = random.nextInt(3) == 0
                ? ELSEWHERE.get(random.nextInt(ELSEWHERE.size()))
                : points.get(points.size() / 10 + random.nextInt(points.size() * 9 / 10));
        try (var night = ground.night()) {
            long began = System.nanoTime();
            try (var child = InstrumentedProgram.run(night, ground.switches().troubled("hangs", point))) {
                int code = child.code();
                findings.holds(code == 0 || code == 70, "ends itself", point + " " + code + child.said());
                findings.holds(code == 0 || child.hasSaid("no progress for"), "says why", point + child.said());
                findings.holds((System.nanoTime() - began) / 1_000_000 < SOON, "ends soon", point);
            }
            new InvariantChecks(night, findings).atDeath();
            KillTrials.end(ground, night, findings);
        }
    }
}
