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

/** I1, I4, I10 and, through {@link WriteCheck}, others: the audit of a simulated service against the ledger. */
final class AuditCheck {

    private static final Set<String> ENDED_STATES = Set.of("finished", "clearing", "cleared", "clearfailed");
    private static final Set<String> OCCUPIED = Set.of("RUNNING", "SYNCING", "SKIPPING");
    private static final Duration RATE_SPAN = Duration.ofSeconds(10);

    private final List<AuditLine> entries;
    private final Tables tables;
    private final Function<Instant, RecordedSettings> settingsAt;
    private final ThirdPartyChangesCheck.OperatorRequests requests;
    private final Findings findings;
    private final JobCalls calls;
    private final Attribution attribution;
    private final RecordedSettings runSettings;

    /**
     * @param settingsAt the settings of the run at an instant
     * @param requests operator requests to continue a row
     */
    AuditCheck(
            List<AuditLine> entries,
            Tables tables,
            JobCalls calls,
            Function<Instant, RecordedSettings> settingsAt,
            ThirdPartyChangesCheck.OperatorRequests requests,
            Findings findings) {
        this.requests = requests;
        this.entries = entries;
        this.tables = tables;
        this.calls = calls;
        this.settingsAt = settingsAt;
        this.findings = findings;
        this.attribution = new Attribution(entries, tables, calls);
        this.runSettings = RecordedSettings.of(text(tables.run(), "settings"));
    }

    void check() {
        oneLiveTask();
        launches();
        var writes = new WriteCheck(tables, attribution, findings);
        entries.forEach(writes::accept);
        writes.end();
        new AcceptedCallsCheck(entries, tables, attribution, calls, findings).check();
        var others = new ThirdPartyChangesCheck(tables, attribution, requests, findings);
        entries.forEach(others::accept);
        others.end();
        places();
        rate();
    }

    /**
     * A task that exists before its first entry was left by a third party. A finished task is not live, but the run must not
     * create another one beside it.
     */
    private void oneLiveTask() {
        var live = new HashMap<String, Map<String, Long>>();
        var existing = new HashMap<String, Map<String, Long>>();
        for (var one : entries) {
            if (one.task().isEmpty() || one.source().isEmpty() || !one.isExecuted()) {
                continue;
            }
            var tasks = one.operation().equals("CreateTask") ? existing : live;
            if (isRemoved(one)) {
                of(live, one).remove(one.task());
                if (!ENDED_STATES.contains(AuditLine.sourceState(one.after()))) {
                    of(existing, one).remove(one.task());
                }
            } else {
                of(live, one).putIfAbsent(one.task(), one.seq());
                if (of(existing, one).putIfAbsent(one.task(), one.seq()) == null) {
                    reportDuplicate(one, of(tasks, one));
                }
            }
        }
        findings.checked(
                "I1", "audit: at most one live task per source at each of %d entries".formatted(entries.size()));
    }

    private static Map<String, Long> of(Map<String, Map<String, Long>> all, AuditLine one) {
        return all.computeIfAbsent(one.source(), source -> new LinkedHashMap<>());
    }

    private static boolean isRemoved(AuditLine one) {
        return one.operation().equals("vanish")
                || one.operation().startsWith("DeleteTask")
                || ENDED_STATES.contains(AuditLine.sourceState(one.after()));
    }

    private void reportDuplicate(AuditLine one, Map<String, Long> tasks) {
        if (tasks.size() > 1 && attribution.row(one) != null) {
            findings.violation(
                    "I1",
                    attribution.row(one),
                    "the source %s had %d tasks at once: %s".formatted(one.source(), tasks.size(), tasks.keySet()),
                    "audit " + tasks.values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "Delete the unused task in the console.");
        }
    }

    /** An automatic launch of the service may precede its audit entry. */
    private void launches() {
        int count = 0;
        Instant before = Instant.EPOCH;
        for (var one : entries) {
            boolean automatic = one.operation().equals("launch");
            if (attribution.isLaunchOfTheRun(one) && one.isExecuted() && attribution.row(one) != null) {
                count++;
                var settings = settingsAt.apply(one.at());
                if (!settings.isOpenAt(one.at()) && !(automatic && settings.isOpenAt(before))) {
                    reportOutsideWindow(one, settings);
                } else if (automatic && settings.isManual()) {
                    violation(
                            one,
                            "SMS launched the target automatically at %s, but cutover.when is manual"
                                    .formatted(one.at()));
                }
            }
            before = one.isRequest() ? one.at() : before;
        }
        var last = settingsAt.apply(Instant.MAX);
        if (last.hasWindow() || last.isManual()) {
            findings.checked(
                    "I4",
                    last.hasWindow()
                            ? "audit: %s within the cutover window".formatted(Findings.count(count, "launch"))
                            : "audit: %s, none automatic".formatted(Findings.count(count, "launch")));
        }
    }

    private void reportOutsideWindow(AuditLine one, RecordedSettings settings) {
        violation(
                one,
                "the target was launched at %s, outside the cutover window %s".formatted(one.at(), settings.window()));
    }

    private void violation(AuditLine one, String what) {
        findings.violation(
                "I4",
                attribution.row(one),
                what,
                one.evidence(),
                "Inform the owner of the server and check the target.");
    }

    /** Counts the places that tasks of the run occupy, in simulated time. */
    private void places() {
        var occupied = new HashSet<String>();
        var sorted = entries.stream()
                .filter(one -> attribution.row(one) != null
                        && one.isExecuted()
                        && !one.task().isEmpty())
                .sorted(Comparator.comparing(AuditLine::virtual).thenComparing(AuditLine::seq))
                .toList();
        for (var one : sorted) {
            boolean runs = OCCUPIED.contains(AuditLine.taskState(one.after()))
                    && !ENDED_STATES.contains(AuditLine.sourceState(one.after()));
            if (!runs) {
                occupied.remove(one.task());
            } else if (occupied.add(one.task()) && isStart(one)) {
                checkLimit(one, occupied.size());
            }
        }
        findings.checked("I10", "audit: concurrent tasks within limits.concurrent");
    }

    /** Applies the limit at the time of the call, since a resume may change it. */
    private void checkLimit(AuditLine one, int places) {
        var limit = limits(one.at());
        if (places > limit.number("limits.concurrent", Double.MAX_VALUE)) {
            tooMany(one, "%d concurrent tasks, the limit is %s".formatted(places, limit.text("limits.concurrent")));
        }
    }

    /** The settings at an instant; events of earlier versions do not contain them. */
    private RecordedSettings limits(Instant at) {
        var settings = settingsAt.apply(at);
        return settings.settings().isEmpty() ? runSettings : settings;
    }

    private boolean isStart(AuditLine one) {
        return one.operation().equals("start") && attribution.isOurs(one) && !attribution.belongsToAnotherRun(one);
    }

    /** Measures over ten seconds, since entries have the time of the answer and so cluster slightly. */
    private void rate() {
        var recent = new ArrayDeque<AuditLine>();
        boolean given = rate(Instant.MAX) > 0;
        for (var one : entries) {
            if (one.isRequest() && attribution.isOurs(one)) {
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
            findings.checked(
                    "I10", "audit: calls within the configured rate over any %d s".formatted(RATE_SPAN.toSeconds()));
        } else {
            findings.notChecked("I10", "limits.requests-per-second is learned, not configured");
        }
    }

    /** During a change of the rate, the first calls may still follow the previous one. */
    private boolean tooFast(ArrayDeque<AuditLine> recent, double rate) {
        double before = rate(recent.getFirst().at());
        double most = Math.max(rate, before <= 0 ? Double.MAX_VALUE : before);
        if (recent.size() <= most * (RATE_SPAN.toSeconds() + 1) + 10) {
            return false;
        }
        tooMany(
                recent.getLast(),
                "%s within %d s, the limit is %s per second"
                        .formatted(
                                Findings.count(recent.size(), "call"),
                                RATE_SPAN.toSeconds(),
                                limits(recent.getLast().at()).text("limits.requests-per-second")));
        return true;
    }

    private double rate(Instant at) {
        return limits(at).number("limits.requests-per-second", 0);
    }

    private static void trim(ArrayDeque<AuditLine> recent, Instant now) {
        while (Duration.between(recent.getFirst().at(), now).compareTo(RATE_SPAN) > 0) {
            recent.removeFirst();
        }
    }

    private void tooMany(AuditLine one, String what) {
        findings.violation("I10", attribution.row(one), what, one.evidence(), "Lower the limit and report a bug.");
    }
}
