package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** I1, I4, I10 and, by {@link WriteCheck}, more: what a simulated service heard, against what the ledger says. */
final class AuditCheck {

    private static final Set<String> OVER = Set.of("finished", "clearing", "cleared", "clearfailed");
    private static final Set<String> OCCUPIED = Set.of("RUNNING", "SYNCING", "SKIPPING");
    private static final Duration SPAN = Duration.ofSeconds(10);

    private final List<AuditLine> heard;
    private final Tables tables;
    private final Function<Instant, RecordedSettings> agreedAt;
    private final ThirdPartyChangesCheck.Words words;
    private final Findings findings;
    private final Attribution whose;
    private final RecordedSettings ofRun;

    /**
     * @param agreedAt the settings of the run at an instant
     * @param words whether a person wanted a row to go on
     */
    AuditCheck(
            List<AuditLine> heard,
            Tables tables,
            Function<Instant, RecordedSettings> agreedAt,
            ThirdPartyChangesCheck.Words words,
            Findings findings) {
        this.words = words;
        this.heard = heard;
        this.tables = tables;
        this.agreedAt = agreedAt;
        this.findings = findings;
        this.whose = new Attribution(heard, tables);
        this.ofRun = RecordedSettings.of(text(tables.run(), "settings"));
    }

    void check() {
        oneLiveTask();
        launches();
        var writes = new WriteCheck(tables, whose, findings);
        heard.forEach(writes::hear);
        writes.end();
        new AcceptedCallsCheck(heard, tables, whose, findings).check();
        var others = new ThirdPartyChangesCheck(tables, whose, words, findings);
        heard.forEach(others::hear);
        others.end();
        places();
        rate();
    }

    /**
     * A task that was there before it is first heard of was left by somebody. One that is finished is not live any more, but
     * none is created beside it either.
     */
    private void oneLiveTask() {
        var live = new HashMap<String, Map<String, Long>>();
        var there = new HashMap<String, Map<String, Long>>();
        for (var one : heard) {
            if (one.task().isEmpty() || one.source().isEmpty() || !one.executed()) {
                continue;
            }
            var tasks = one.operation().equals("CreateTask") ? there : live;
            if (gone(one)) {
                of(live, one).remove(one.task());
                if (!OVER.contains(AuditLine.sourceState(one.after()))) {
                    of(there, one).remove(one.task());
                }
            } else {
                of(live, one).putIfAbsent(one.task(), one.seq());
                if (of(there, one).putIfAbsent(one.task(), one.seq()) == null) {
                    doubled(one, of(tasks, one));
                }
            }
        }
        findings.checked("I1", "audit: at most one live task per source at each of %d entries".formatted(heard.size()));
    }

    private static Map<String, Long> of(Map<String, Map<String, Long>> all, AuditLine one) {
        return all.computeIfAbsent(one.source(), source -> new LinkedHashMap<>());
    }

    private static boolean gone(AuditLine one) {
        return one.operation().equals("vanish")
                || one.operation().startsWith("DeleteTask")
                || OVER.contains(AuditLine.sourceState(one.after()));
    }

    private void doubled(AuditLine one, Map<String, Long> tasks) {
        if (tasks.size() > 1 && whose.row(one) != null) {
            findings.violation(
                    "I1",
                    whose.row(one),
                    "the source %s had %d tasks at once: %s".formatted(one.source(), tasks.size(), tasks.keySet()),
                    "audit " + tasks.values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "Delete the one that is not used, in the console.");
        }
    }

    /** A launch that the service makes by itself may have been some time before it was told. */
    private void launches() {
        int seen = 0;
        Instant before = Instant.EPOCH;
        for (var one : heard) {
            boolean itself = one.operation().equals("launch");
            if (whose.isLaunchOfTheRun(one) && one.executed() && whose.row(one) != null) {
                seen++;
                var agreed = agreedAt.apply(one.at());
                if (!agreed.open(one.at()) && !(itself && agreed.open(before))) {
                    outside(one, agreed);
                } else if (itself && agreed.launchedByPeople()) {
                    violation(
                            one,
                            "SMS launched the target by itself at %s, the launch was left to a person (cutover.when: manual)"
                                    .formatted(one.at()));
                }
            }
            before = one.asked() ? one.at() : before;
        }
        var last = agreedAt.apply(Instant.MAX);
        if (last.hasWindow() || last.launchedByPeople()) {
            findings.checked(
                    "I4",
                    last.hasWindow()
                            ? "audit: %d launches within the window".formatted(seen)
                            : "audit: none of %d launches by SMS itself".formatted(seen));
        }
    }

    private void outside(AuditLine one, RecordedSettings agreed) {
        violation(one, "the target was launched at %s, the window is %s".formatted(one.at(), agreed.window()));
    }

    private void violation(AuditLine one, String what) {
        findings.violation(
                "I4", whose.row(one), what, one.evidence(), "Tell the owner of the server; look at the target.");
    }

    /** The places that tasks of the run take, in the time of the world. */
    private void places() {
        var occupied = new HashSet<String>();
        var inOrder = heard.stream()
                .filter(one ->
                        whose.row(one) != null && one.executed() && !one.task().isEmpty())
                .sorted(Comparator.comparing(AuditLine::virtual).thenComparing(AuditLine::seq))
                .toList();
        for (var one : inOrder) {
            boolean runs = OCCUPIED.contains(AuditLine.taskState(one.after()))
                    && !OVER.contains(AuditLine.sourceState(one.after()));
            if (!runs) {
                occupied.remove(one.task());
            } else if (occupied.add(one.task()) && started(one)) {
                allowed(one, occupied.size());
            }
        }
        findings.checked("I10", "audit: never more tasks at once than limits.concurrent");
    }

    /** A run may go on with other limits: what was agreed on when the call was made counts. */
    private void allowed(AuditLine one, int places) {
        var limit = limits(one.at());
        if (places > limit.number("limits.concurrent", Double.MAX_VALUE)) {
            tooMany(one, "%d tasks ran at once, %s are allowed".formatted(places, limit.text("limits.concurrent")));
        }
    }

    /** The events of earlier versions do not tell them. */
    private RecordedSettings limits(Instant at) {
        var agreed = agreedAt.apply(at);
        return agreed.settings().isEmpty() ? ofRun : agreed;
    }

    private boolean started(AuditLine one) {
        return one.operation().equals("start") && whose.byUs(one) && !whose.ofAnotherRun(one);
    }

    /** Over ten seconds, since the record has the time of the answer, so that calls bunch a little. */
    private void rate() {
        var recent = new ArrayDeque<AuditLine>();
        boolean given = rate(Instant.MAX) > 0;
        for (var one : heard) {
            if (one.asked() && whose.byUs(one)) {
                recent.add(one);
                trim(recent, one.at());
                double rate = rate(one.at());
                given = given || rate > 0;
                if (rate > 0 && tooFast(recent, rate)) {
                    return;
                }
            }
        }
        if (given) {
            findings.checked("I10", "audit: the given rate of calls over any %d s".formatted(SPAN.toSeconds()));
        } else {
            findings.notChecked("I10", "limits.requests-per-second is learned, not given");
        }
    }

    /** In seconds in which another rate was agreed on the first calls went by the one before. */
    private boolean tooFast(ArrayDeque<AuditLine> recent, double rate) {
        double before = rate(recent.getFirst().at());
        double most = Math.max(rate, before <= 0 ? Double.MAX_VALUE : before);
        if (recent.size() <= most * (SPAN.toSeconds() + 1) + 10) {
            return false;
        }
        tooMany(
                recent.getLast(),
                "%d calls within %d s, %s a second are allowed"
                        .formatted(
                                recent.size(),
                                SPAN.toSeconds(),
                                limits(recent.getLast().at()).text("limits.requests-per-second")));
        return true;
    }

    private double rate(Instant at) {
        return limits(at).number("limits.requests-per-second", 0);
    }

    private static void trim(ArrayDeque<AuditLine> recent, Instant now) {
        while (Duration.between(recent.getFirst().at(), now).compareTo(SPAN) > 0) {
            recent.removeFirst();
        }
    }

    private void tooMany(AuditLine one, String what) {
        findings.violation("I10", whose.row(one), what, one.evidence(), "Lower the limit; report it.");
    }
}
