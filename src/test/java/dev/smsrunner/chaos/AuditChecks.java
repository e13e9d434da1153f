package dev.smsrunner.chaos;

import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.AuditEntry.Effect;
import dev.smsrunner.simulator.SimulatorAudit;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks the behaviour of the product in the audit of the simulator. */
final class AuditChecks {

    private static final Map<String, String> CHANGES = Map.of(
            "CreateTask", "CREATE",
            "UpdateTask", "UPDATE",
            "start", "START",
            "restart", "START",
            "auto_start", "START",
            "test", "LAUNCH",
            "UpdateSpeed", "SPEED_RULES");

    private static final Set<String> READS = Set.of("ListServers", "ListTasks", "ShowTask", "ShowServer");

    private final SimulatorAudit audit;
    private final List<AuditEntry> entries;

    AuditChecks(SimulatorAudit audit) {
        this.entries = audit.entries();
        this.audit = audit;
    }

    /** Number of executed calls of the product by source and operation of the ledger. */
    Map<String, Integer> executed() {
        var counts = new HashMap<String, Integer>();
        entries.stream()
                .filter(entry -> entry.effect() == Effect.EXECUTED && entry.requestId() != null)
                .filter(entry -> CHANGES.containsKey(entry.operation()))
                .forEach(entry -> counts.merge(entry.source() + " " + CHANGES.get(entry.operation()), 1, Integer::sum));
        return counts;
    }

    /** Checks one task per source, no call against a state, and no repeat without a read in between. */
    void add(TrialFindings findings) {
        findings.holds(audit.violations().isEmpty(), "no call against a state", audit.violations());
        audit.creates()
                .forEach(
                        (source, times) -> findings.holds(times <= 1, "one task per source", source + " has " + times));
        audit.launches()
                .forEach((source, times) ->
                        findings.holds(times <= 1, "one launch per source", source + " has " + times));
        limitedBeforeTheStart(findings);
        repeats(findings);
    }

    /** Speed limits by time of day must precede the start of the task. */
    private void limitedBeforeTheStart(TrialFindings findings) {
        var started = new HashSet<String>();
        for (var entry : entries) {
            if (entry.effect() == Effect.EXECUTED && entry.operation().equals("start")) {
                started.add(String.valueOf(entry.source()));
            } else if (entry.effect() == Effect.EXECUTED && entry.operation().equals("UpdateSpeed")) {
                findings.holds(!started.contains(entry.source()), "speed limits before the start", entry);
            }
        }
    }

    private void repeats(TrialFindings findings) {
        var sent = new HashSet<String>();
        for (var entry : entries) {
            var operation = CHANGES.get(entry.operation());
            if (READS.contains(entry.operation())) {
                sent.clear();
            } else if (operation != null
                    && entry.requestId() != null
                    && entry.source() != null
                    && entry.status() != 429) {
                findings.holds(sent.add(entry.source() + operation), "read before a repeat", entry);
            }
        }
    }

    /** Checks the limit of concurrent migrations. */
    void cap(TrialFindings findings, int most) {
        findings.holds(audit.maximumConcurrent() <= most, "cap of concurrent migrations", audit.maximumConcurrent());
    }

    /** Checks that no new call follows a refusal before its Retry-After. Calls in flight are allowed. */
    void retryAfter(TrialFindings findings, Duration wait) {
        var refused = entries.stream()
                .filter(entry -> "fault throttled".equals(entry.code()))
                .map(AuditEntry::realTime)
                .toList();
        findings.holds(!refused.isEmpty(), "a call was refused", "none");
        refused.forEach(at -> entries.stream()
                .filter(entry -> entry.requestId() != null)
                .filter(entry -> entry.realTime().isAfter(at.plusMillis(700)))
                .findFirst()
                .ifPresent(next -> findings.holds(
                        !next.realTime().isBefore(at.plus(wait).minusMillis(50)), "waits as requested", next)));
    }

    /** The sources that the service finished. */
    Set<String> finished() {
        return sources("finish");
    }

    /** The sources whose migration failed at least once. */
    Set<String> failed() {
        return sources("fail");
    }

    private Set<String> sources(String operation) {
        var sources = new HashSet<String>();
        entries.stream()
                .filter(entry -> entry.operation().equals(operation))
                .forEach(entry -> sources.add(String.valueOf(entry.source())));
        return sources;
    }
}
