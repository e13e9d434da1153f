package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.AuditEntry.Effect;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.simulator.Simulator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads the audit of the simulated cloud by server name. */
public final class ServiceProbe {

    private final Simulator simulator;
    private final Map<String, String> names;

    public ServiceProbe(Simulator simulator, int servers) {
        this.simulator = simulator;
        this.names = KnownServer.first(servers).stream().collect(Collectors.toMap(KnownServer::id, KnownServer::name));
    }

    /** Tasks created per server. */
    public Map<String, Integer> creates() {
        return named(simulator.audit().creates());
    }

    /** Starts and restarts per server. */
    public Map<String, Integer> starts() {
        return named(simulator.audit().starts());
    }

    /** Launches per server. */
    public Map<String, Integer> launches() {
        return named(simulator.audit().launches());
    }

    /** Sum over all servers. */
    public static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Every executed call, oldest first, as {@code start erp-app-01}. */
    public List<String> changes() {
        return changes(entry -> true, entry -> entry.operation() + " " + names.get(entry.source()));
    }

    /** Number of changes per operation and server or task, as {@code stop <source> <task>}. */
    Map<String, Integer> effects() {
        return new TreeMap<>(
                changes(entry -> true, entry -> entry.operation() + " " + entry.source() + " " + entry.task()).stream()
                        .collect(Collectors.toMap(what -> what, what -> 1, Integer::sum)));
    }

    /** Number of executed calls of an operation per server. */
    public Map<String, Integer> times(String operation) {
        return new TreeMap<>(
                order(operation).stream().collect(Collectors.toMap(name -> name, name -> 1, Integer::sum)));
    }

    /** Servers in the order of an operation. */
    public List<String> order(String operation) {
        return changes(
                entry -> entry.operation().equals(operation), entry -> String.valueOf(names.get(entry.source())));
    }

    /** Number in the audit of the first entry of an operation for a server. */
    public long first(String operation, String server) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals(operation) && entry.effect() == Effect.EXECUTED)
                .filter(entry -> server.equals(names.get(entry.source())))
                .mapToLong(AuditEntry::seq)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + operation + " of " + server));
    }

    /** Distinct targets of the starts and launches of a server. */
    public Set<AuditEntry.Target> targets(String server) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.effect() == Effect.EXECUTED && entry.target() != null)
                .filter(entry -> server.equals(names.get(entry.source())))
                .filter(entry -> Set.of("start", "restart", "auto_start", "test", "launch")
                        .contains(entry.operation()))
                .map(AuditEntry::target)
                .collect(Collectors.toSet());
    }

    /** Maximum number of concurrent launches. */
    public int maximumLaunching() {
        int launching = 0;
        int most = 0;
        for (var entry : simulator.audit().entries()) {
            if (entry.operation().equals("test") && entry.effect() == Effect.EXECUTED) {
                most = Math.max(most, ++launching);
            } else if (entry.operation().equals("finish")) {
                launching--;
            }
        }
        return most;
    }

    /** Number of calls of an operation with any effect. */
    public int calls(String operation) {
        return simulator.audit().calls(operation);
    }

    /** Asserts at most one task and one launch per server, and no call forbidden by a state. */
    public void assertNoDuplicates() {
        assertThat(creates().values()).allMatch(times -> times == 1);
        assertThat(launches().values()).allMatch(times -> times == 1);
        assertThat(simulator.audit().violations()).isEmpty();
    }

    private List<String> changes(Predicate<AuditEntry> filter, Function<AuditEntry, String> text) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.effect() == Effect.EXECUTED && entry.requestId() != null)
                .filter(filter)
                .map(text)
                .toList();
    }

    private Map<String, Integer> named(Map<String, Integer> bySource) {
        var byName = new TreeMap<String, Integer>();
        bySource.forEach((source, count) -> byName.put(names.getOrDefault(source, source), count));
        return byName;
    }
}
