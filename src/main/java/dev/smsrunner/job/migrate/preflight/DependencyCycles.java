package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.preflight.Finding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Finds dependency cycles that need the ids of SMS. The intake rejects the cycles that the file itself shows. An entry {@code
 * id:} can close a cycle through a row that has no id in the file; only the source list of SMS shows it.
 */
final class DependencyCycles {

    private static final int LONGEST_SHOWN = 10;
    private static final char WAVE = '\u0000';

    private final AutoLaunchCheck rule;
    private final Function<InventoryRow, Optional<String>> sourceOf;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, List<String>> byName = new HashMap<>();
    private final Map<String, String> byId = new HashMap<>();
    private final Map<String, List<String>> after = new HashMap<>();

    /**
     * Node of the dependency graph: a server or a wave.
     *
     * @param name name of the server or of the wave, for messages
     * @param entries dependencies as written; a wave is {@link #WAVE} followed by its name
     */
    private record Node(String name, List<String> entries) {}

    /**
     * Reads all rows once and builds the graph.
     *
     * @param inventory hands over each row of the inventory
     * @param sourceOf id of the unique source server of a row; empty when there is none, or when it is already migrated
     */
    DependencyCycles(
            Consumer<Consumer<InventoryRow>> inventory,
            Function<InventoryRow, Optional<String>> sourceOf,
            AutoLaunchCheck rule) {
        this.rule = rule;
        this.sourceOf = sourceOf;
        inventory.accept(this::add);
        nodes.forEach((key, node) -> after.put(key, after(key, node)));
        removeNodesOutsideCycles();
    }

    private void add(InventoryRow row) {
        var source = sourceOf.apply(row);
        if (source.isEmpty()) {
            return;
        }
        var key = key(row);
        var entries = new ArrayList<>(row.dependsOn());
        rule.after().getOrDefault(row.waveName(), List.of()).forEach(wave -> entries.add(WAVE + wave));
        nodes.put(key, new Node(row.serverName(), entries));
        byName.computeIfAbsent(ServerName.key(row.serverName()), name -> new ArrayList<>(1))
                .add(key);
        byId.putIfAbsent(source.get().toLowerCase(Locale.ROOT), key);
        nodes.computeIfAbsent(WAVE + row.waveName(), wave -> new Node("wave " + row.waveName(), new ArrayList<>()))
                .entries()
                .add(key);
    }

    private static String key(InventoryRow row) {
        return Integer.toString(row.row());
    }

    /** Finding about the shortest cycle through the row; empty when the row is part of no cycle. */
    Optional<Finding> of(InventoryRow row) {
        var start = key(row);
        if (!after.containsKey(start)) {
            return Optional.empty();
        }
        var cameFrom = new HashMap<String, String>();
        var queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            var node = queue.poll();
            for (var next : after.getOrDefault(node, List.of())) {
                if (next.equals(start)) {
                    return Optional.of(finding(path(start, node, cameFrom)));
                }
                if (cameFrom.putIfAbsent(next, node) == null) {
                    queue.add(next);
                }
            }
        }
        return Optional.empty();
    }

    private List<String> after(String key, Node node) {
        boolean isWave = key.charAt(0) == WAVE;
        return isWave
                ? node.entries()
                : node.entries().stream()
                        .flatMap(entry -> resolve(entry).stream())
                        .distinct()
                        .toList();
    }

    /** Removes nodes without dependencies, repeatedly. An inventory without cycles leaves no node. */
    private void removeNodesOutsideCycles() {
        var before = new HashMap<String, List<String>>();
        var open = new HashMap<String, Integer>();
        after.forEach((key, all) -> {
            open.put(key, all.size());
            all.forEach(next ->
                    before.computeIfAbsent(next, each -> new ArrayList<>()).add(key));
        });
        var free = new ArrayDeque<String>();
        open.forEach((key, count) -> {
            if (count == 0) {
                free.add(key);
            }
        });
        while (!free.isEmpty()) {
            var key = free.poll();
            after.remove(key);
            before.getOrDefault(key, List.of()).forEach(waiting -> {
                if (open.merge(waiting, -1, Integer::sum) == 0) {
                    free.add(waiting);
                }
            });
        }
    }

    /** Nodes that an entry refers to. None for a server outside the inventory or for an entry that can always be met. */
    private List<String> resolve(String entry) {
        if (entry.charAt(0) == WAVE) {
            return nodes.containsKey(entry) ? List.of(entry) : List.of();
        }
        var reference = DependencyRef.of(entry);
        if (reference.level() == DependencyRef.Level.SYNCED && rule.cutover().isLaunchedByCall()) {
            return List.of();
        }
        if (reference.byId()) {
            var row = byId.get(reference.id());
            return row == null ? List.of() : List.of(row);
        }
        return byName.getOrDefault(reference.key(), List.of());
    }

    /** Node of a key in {@code after}, whose keys are keys of {@code nodes}. */
    private Node node(String key) {
        return Objects.requireNonNull(nodes.get(key));
    }

    /** Nodes of the cycle from the start to the last node before the start. */
    private static List<String> path(String start, String last, Map<String, String> cameFrom) {
        var path = new ArrayDeque<String>();
        for (var node = last; node != null && !node.equals(start); node = cameFrom.get(node)) {
            path.addFirst(node);
        }
        path.addFirst(start);
        return List.copyOf(path);
    }

    private Finding finding(List<String> path) {
        var start = node(path.get(0));
        var next = path.size() > 1 ? path.get(1) : path.get(0);
        var entry = start.entries().stream()
                .filter(each -> resolve(each).contains(next))
                .findFirst()
                .orElseThrow();
        var names = new ArrayList<String>();
        path.stream().limit(LONGEST_SHOWN).forEach(key -> names.add(node(key).name()));
        if (path.size() > LONGEST_SHOWN) {
            names.add("...");
        }
        names.add(start.name());
        return Finding.error(
                "%s leads back to this row: %s. Correct depends_on in rerun.csv and run that.",
                entry.charAt(0) == WAVE ? "waves: after " + entry.substring(1) : "depends_on: " + entry,
                String.join(" -> ", names));
    }
}
