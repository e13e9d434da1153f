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

/** What the simulated cloud saw, told by the names of the servers. */
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

    /** How many of all servers had that done to them. */
    public static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Every call that changed something, oldest first, as {@code start erp-app-01}. */
    public List<String> changes() {
        return changes(entry -> true, entry -> entry.operation() + " " + names.get(entry.source()));
    }

    /** How often each thing was done to each server or task, as {@code stop <source> <task>}. */
    Map<String, Integer> effects() {
        return new TreeMap<>(
                changes(entry -> true, entry -> entry.operation() + " " + entry.source() + " " + entry.task()).stream()
                        .collect(Collectors.toMap(what -> what, what -> 1, Integer::sum)));
    }

    /** How often that was done per server. */
    public Map<String, Integer> times(String operation) {
        return new TreeMap<>(
                order(operation).stream().collect(Collectors.toMap(name -> name, name -> 1, Integer::sum)));
    }

    /** Servers in the order in which something was done to them. */
    public List<String> order(String operation) {
        return changes(
                entry -> entry.operation().equals(operation), entry -> String.valueOf(names.get(entry.source())));
    }

    /** Place in the audit of the first entry of an operation for a server. */
    public long first(String operation, String server) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.operation().equals(operation) && entry.effect() == Effect.EXECUTED)
                .filter(entry -> server.equals(names.get(entry.source())))
                .mapToLong(AuditEntry::seq)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + operation + " of " + server));
    }

    /** Where the tasks of a server led whenever one was started or launched, each once. */
    public Set<AuditEntry.Target> targets(String server) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.effect() == Effect.EXECUTED && entry.target() != null)
                .filter(entry -> server.equals(names.get(entry.source())))
                .filter(entry -> Set.of("start", "restart", "auto_start", "test", "launch")
                        .contains(entry.operation()))
                .map(AuditEntry::target)
                .collect(Collectors.toSet());
    }

    /** The most servers that were between the launch of their target and its end at one moment. */
    public int mostLaunching() {
        int now = 0;
        int most = 0;
        for (var entry : simulator.audit().entries()) {
            if (entry.operation().equals("test") && entry.effect() == Effect.EXECUTED) {
                most = Math.max(most, ++now);
            } else if (entry.operation().equals("finish")) {
                now--;
            }
        }
        return most;
    }

    /** How often an operation was called, whatever came of it. */
    public int calls(String operation) {
        return simulator.audit().calls(operation);
    }

    /** Each of the servers got one task, was launched once, and nothing was asked that its state forbade. */
    public void sawNothingTwice() {
        assertThat(creates().values()).allMatch(times -> times == 1);
        assertThat(launches().values()).allMatch(times -> times == 1);
        assertThat(simulator.audit().violations()).isEmpty();
    }

    private List<String> changes(Predicate<AuditEntry> wanted, Function<AuditEntry, String> told) {
        return simulator.audit().entries().stream()
                .filter(entry -> entry.effect() == Effect.EXECUTED && entry.requestId() != null)
                .filter(wanted)
                .map(told)
                .toList();
    }

    private Map<String, Integer> named(Map<String, Integer> bySource) {
        var byName = new TreeMap<String, Integer>();
        bySource.forEach((source, count) -> byName.put(names.getOrDefault(source, source), count));
        return byName;
    }
}
