package dev.smsrunner.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that every server named in depends_on is in the file, and that no server waits for itself. */
final class DependencyCheck {

    private final Findings findings;
    private final SeenKeys names = new SeenKeys();
    private final Map<String, Dependent> dependents = new LinkedHashMap<>();

    DependencyCheck(Findings findings) {
        this.findings = findings;
    }

    /** A server that waits for others; rows of one name are one. */
    private record Dependent(String name, int line, List<String> waitsFor) {}

    void add(InventoryRow row) {
        String name = row.cell(Column.SERVER_NAME);
        if (name.isEmpty()) {
            return;
        }
        names.firstLine(ServerName.key(name), row.line());
        List<String> waitsFor = row.dependsOn();
        if (!waitsFor.isEmpty()) {
            dependents
                    .computeIfAbsent(ServerName.key(name), key -> new Dependent(name, row.line(), new ArrayList<>()))
                    .waitsFor()
                    .addAll(waitsFor);
        }
    }

    /**
     * Reports what can only be known when all rows were seen.
     *
     * @param allNamesKnown whether every row could be read; else a name may stand in one that could not
     */
    void finish(boolean allNamesKnown) {
        if (allNamesKnown) {
            dependents.values().forEach(this::unknownNames);
        }
        Set<String> done = new HashSet<>();
        dependents.keySet().forEach(name -> findCycles(name, done));
    }

    private void unknownNames(Dependent dependent) {
        for (String name : dependent.waitsFor()) {
            if (!names.contains(ServerName.key(name))) {
                findings.problem(
                        dependent.line(),
                        Column.DEPENDS_ON.label(),
                        Quoted.of(name) + " is not a server_name of this file",
                        "correct the name, or add the server");
            }
        }
    }

    /** Walks depth first with a stack of its own, since a chain may be as long as the file. */
    private void findCycles(String start, Set<String> done) {
        Map<String, Iterator<String>> path = new LinkedHashMap<>();
        Deque<String> stack = new ArrayDeque<>();
        enter(start, path, stack, done);
        while (!stack.isEmpty()) {
            Iterator<String> rest = path.get(stack.peek());
            if (!rest.hasNext()) {
                path.remove(stack.pop());
                continue;
            }
            String next = ServerName.key(rest.next());
            if (path.containsKey(next)) {
                cycle(next, stack);
            } else {
                enter(next, path, stack, done);
            }
        }
    }

    private void enter(String name, Map<String, Iterator<String>> path, Deque<String> stack, Set<String> done) {
        Dependent dependent = dependents.get(name);
        if (dependent != null && done.add(name)) {
            stack.push(name);
            path.put(name, dependent.waitsFor().iterator());
        }
    }

    private void cycle(String closing, Deque<String> stack) {
        List<String> members = new ArrayList<>();
        for (String name : stack) {
            members.add(0, name);
            if (name.equals(closing)) {
                break;
            }
        }
        findings.problem(
                dependents.get(closing).line(),
                Column.DEPENDS_ON.label(),
                "servers wait for each other in a circle: " + circle(members),
                "remove one of these dependencies");
    }

    private String circle(List<String> members) {
        StringBuilder circle = new StringBuilder();
        members.stream()
                .limit(10)
                .map(dependents::get)
                .forEach(each -> circle.append(each.name())
                        .append(" (line ")
                        .append(each.line())
                        .append(") -> "));
        return circle.append(members.size() > 10 ? "... -> " : "")
                .append(dependents.get(members.get(0)).name())
                .toString();
    }
}
