package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Calls to the simulated service and their results, in order. Thread-safe. */
public final class SimulatorAudit {

    private final List<AuditEntry> entries = new ArrayList<>();
    private final JsonLines file;
    private int maximumConcurrent;

    /** @param file the audit on disk, one line per entry */
    SimulatorAudit(JsonLines file) {
        this.file = file;
        this.entries.addAll(file.earlier(AuditEntry.class));
    }

    /** Every entry so far, oldest first. */
    public synchronized List<AuditEntry> entries() {
        return List.copyOf(entries);
    }

    /** Executed creates per source id. */
    public Map<String, Integer> creates() {
        return countPerSource(entry -> entry.operation().equals("CreateTask"));
    }

    /** Executed starts per source id, including restarts of a failed or paused task. */
    public Map<String, Integer> starts() {
        return countPerSource(entry -> entry.operation().equals("start")
                || entry.operation().equals("restart")
                || entry.operation().equals("auto_start"));
    }

    /** Launches per source id: by the operation {@code test}, or by the service at the end of a copy. */
    public Map<String, Integer> launches() {
        return countPerSource(
                entry -> entry.operation().equals("test") || entry.operation().equals("launch"));
    }

    /** Calls refused because of the task's state, for example a start of a running task. */
    public List<AuditEntry> violations() {
        return entries().stream()
                .filter(entry -> entry.effect() == AuditEntry.Effect.VIOLATION)
                .toList();
    }

    /** Number of entries of an operation with any effect. */
    public int calls(String operation) {
        return (int) entries().stream()
                .filter(entry -> entry.operation().equals(operation))
                .count();
    }

    /** Maximum number of tasks RUNNING or SYNCING at one moment since the start of this simulator. */
    public synchronized int maximumConcurrent() {
        return maximumConcurrent;
    }

    private Map<String, Integer> countPerSource(Predicate<AuditEntry> wanted) {
        Map<String, Integer> counts = new TreeMap<>();
        for (AuditEntry entry : entries()) {
            if (entry.effect() == AuditEntry.Effect.EXECUTED && entry.source() != null && wanted.test(entry)) {
                counts.merge(entry.source(), 1, Integer::sum);
            }
        }
        return counts;
    }

    synchronized void recordConcurrent(int tasks) {
        maximumConcurrent = Math.max(maximumConcurrent, tasks);
    }

    synchronized void record(Instant virtualTime, Instant realTime, CallRecord trace) {
        AuditEntry entry = trace.toEntry(entries.size() + 1L, virtualTime, realTime);
        file.append(entry);
        entries.add(entry);
    }

    synchronized long size() {
        return entries.size();
    }
}
