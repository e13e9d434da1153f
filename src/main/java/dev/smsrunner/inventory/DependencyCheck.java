package dev.smsrunner.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks that every server in depends_on is in the file, and that no server waits for itself, through other servers or through
 * preceding waves.
 */
final class DependencyCheck {

    private static final int MAX_SHOWN = 10;
    private static final char WAVE = '\u0000';

    private final ProblemList findings;
    private final KeyIndex names = new KeyIndex();
    private final ForbiddenServers forbidden = new ForbiddenServers();
    private final Map<String, Dependent> dependents = new LinkedHashMap<>();
    private final LaunchOrder order;
    private final Set<String> waves = new HashSet<>();
    private final Map<String, String> spellings = new HashMap<>();
    private final Map<String, String> idsOfRows = new HashMap<>();

    DependencyCheck(ProblemList findings, LaunchOrder order) {
        this.findings = findings;
        this.order = order;
    }

    /** Server that waits for others; all rows with one name are one server. */
    private record Dependent(String name, int line, List<String> waitsFor) {}

    /**
     * Step of the search for cycles.
     *
     * @param node key of the dependent
     * @param rest entries that the search has not followed yet
     */
    private record Step(String node, Dependent dependent, Iterator<String> rest) {}

    void add(InventoryRow row) {
        String name = row.cell(Column.SERVER_NAME);
        if (name.isEmpty()) {
            return;
        }
        String key = ServerName.key(name);
        forbidden.add(row, key, names.firstLine(key, row.line()) > 0);
        addWave(row.waveName(), key, row.line(), name);
        if (!row.cell(Column.SOURCE_SERVER_ID).isEmpty()) {
            idsOfRows.put(
                    DependencyRef.of("id:" + row.cell(Column.SOURCE_SERVER_ID)).key(), key);
        }
        List<String> waitsFor = row.isOkToMigrate() ? row.dependsOn() : List.of();
        if (!waitsFor.isEmpty()) {
            dependent(key, name, row.line()).waitsFor().addAll(waitsFor);
            warnOfTwoLevels(row.line(), waitsFor);
        }
    }

    /** Warns of entries for one server with different levels. All entries count, so the highest level decides. */
    private void warnOfTwoLevels(int line, List<String> entries) {
        Map<String, DependencyRef> first = new HashMap<>();
        for (String entry : entries) {
            DependencyRef reference = DependencyRef.of(entry);
            DependencyRef other = first.putIfAbsent(reference.key(), reference);
            if (other != null && other.level() != reference.level()) {
                DependencyRef further = other.level().compareTo(reference.level()) > 0 ? other : reference;
                findings.warning(
                        line,
                        Column.DEPENDS_ON.label(),
                        "has one server with two levels, " + QuotedText.of(other.text()) + " and "
                                + QuotedText.of(reference.text()) + "; the row waits until it is "
                                + further.level().label(),
                        "keep one of the two");
            }
        }
    }

    private Dependent dependent(String key, String name, int line) {
        return dependents.computeIfAbsent(key, each -> new Dependent(name, line, new ArrayList<>()));
    }

    /** Adds the edges of waves: a row waits for the preceding waves, and an awaited wave waits for its rows. */
    private void addWave(String wave, String key, int line, String name) {
        if (waves.add(wave)) {
            String other = spellings.putIfAbsent(wave.toLowerCase(Locale.ROOT), wave);
            if (other != null) {
                findings.warning(
                        line,
                        Column.WAVE_NAME.label(),
                        QuotedText.of(wave) + " and " + QuotedText.of(other)
                                + " are two waves, since their letter case differs",
                        "write the same name in all rows of a wave");
            }
        }
        for (String before : order.after(wave)) {
            dependent(key, name, line).waitsFor().add(nodeOf(before));
        }
        if (order.isAwaited(wave)) {
            dependent(nodeOf(wave), "wave " + QuotedText.of(wave), 0).waitsFor().add(key);
        }
    }

    /** Node of a wave; no server name contains its first character. */
    private static String nodeOf(String wave) {
        return WAVE + wave;
    }

    /**
     * Reports the problems that require all rows.
     *
     * @param allNamesKnown whether every row could be read; otherwise an unreadable row may contain a missing name
     */
    void finish(boolean allNamesKnown) {
        dependents.values().forEach(this::reportNamesUsedAsIds);
        dependents.values().forEach(this::reportForbiddenServers);
        if (allNamesKnown) {
            dependents.values().forEach(this::reportUnknownNames);
            order.allWaves().stream()
                    .sorted()
                    .filter(wave -> !waves.contains(wave))
                    .forEach(this::reportUnknownWave);
            order.gates().forEach(this::reportUnknownWaves);
        }
        Set<String> done = new HashSet<>();
        List.copyOf(dependents.keySet()).forEach(name -> findCycles(name, done));
    }

    /** Reports waves of a gate without rows. Only a wave with settings may have no rows: the gate would hold nothing. */
    private void reportUnknownWaves(String gate, List<String> held) {
        held.stream()
                .filter(wave -> !waves.contains(wave) && !order.allWaves().contains(wave))
                .forEach(wave -> findings.problem(
                        0,
                        Column.WAVE_NAME.label(),
                        "no row is in wave %s, which the gate %s of the job file names"
                                .formatted(QuotedText.of(wave), gate),
                        Suggestions.advice(wave, waves, "correct gates.%s.waves%s".formatted(gate, wavesOfRows()))));
    }

    /** Reports a wave without rows. A name similar to a wave is a typing error; any other may be a wave whose rows are done. */
    private void reportUnknownWave(String wave) {
        var similar =
                Suggestions.nearest(wave, waves).filter(name -> !letters(name).equals(letters(wave)));
        if (similar.isPresent()) {
            findings.problem(
                    0,
                    Column.WAVE_NAME.label(),
                    "no row is in wave " + QuotedText.of(wave) + ", which the job file has under waves",
                    "did you mean " + similar.get() + "? Otherwise remove it from the job file");
            return;
        }
        findings.warning(
                0,
                Column.WAVE_NAME.label(),
                "no row is in wave " + QuotedText.of(wave) + ", which the job file has under waves",
                "correct the name in the job file or in the inventory" + wavesOfRows());
    }

    private String wavesOfRows() {
        var names = waves.stream()
                .filter(wave -> !wave.isEmpty())
                .sorted(WaveOrder.NATURAL)
                .toList();
        var listed = names.stream().limit(MAX_SHOWN).map(QuotedText::of).collect(Collectors.joining(", "));
        return listed.isEmpty()
                ? ", which has no waves"
                : ", whose waves are " + listed + (names.size() > MAX_SHOWN ? ", ..." : "");
    }

    /** Name without digits, since waves with other numbers are other waves. */
    private static String letters(String wave) {
        return wave.replaceAll("[0-9]", "");
    }

    private void reportUnknownNames(Dependent dependent) {
        for (String text : dependent.waitsFor()) {
            DependencyRef reference = DependencyRef.of(text);
            boolean known = isWave(text)
                    || reference.byId()
                    || reference.unknownLevel().isPresent() // the check of the cell reports it
                    || LostValue.problemOf(reference.server()) != null
                    || names.contains(reference.key());
            if (!known) {
                findings.problem(
                        dependent.line(),
                        Column.DEPENDS_ON.label(),
                        QuotedText.of(reference.text()) + " is not a server_name of this file",
                        "correct the name, or add the server");
            }
        }
    }

    /** Reports an entry {@code id:} with a server name of this file instead of an id. SMS assigns its own ids. */
    private void reportNamesUsedAsIds(Dependent dependent) {
        for (String text : dependent.waitsFor()) {
            DependencyRef reference = DependencyRef.of(text);
            int line = reference.byId() && !idsOfRows.containsKey(reference.key())
                    ? names.firstLineOf(ServerName.key(reference.server()))
                    : 0;
            if (line > 0) {
                findings.problem(
                        dependent.line(),
                        Column.DEPENDS_ON.label(),
                        QuotedText.of(reference.text()) + " is the name of the server on line " + line,
                        "write " + reference.asName());
            }
        }
    }

    private void reportForbiddenServers(Dependent dependent) {
        for (String text : dependent.waitsFor()) {
            if (!isWave(text)) {
                forbidden
                        .problemOf(text, keyOf(DependencyRef.of(text)))
                        .ifPresent(
                                problem -> findings.newProblem(dependent.line(), Column.DEPENDS_ON.label(), problem));
            }
        }
    }

    /** Key of the server of an entry; an id in this file counts as the name of its row. */
    private String keyOf(DependencyRef reference) {
        return idsOfRows.getOrDefault(reference.key(), reference.key());
    }

    private static boolean isWave(String text) {
        return !text.isEmpty() && text.charAt(0) == WAVE;
    }

    /** Node of an entry; empty if the entry can never hold a launch indefinitely. */
    private String nodeOfEntry(String text) {
        if (isWave(text)) {
            return text;
        }
        DependencyRef reference = DependencyRef.of(text);
        boolean copiesWait = order.holdsStarts();
        return reference.level() == DependencyRef.Level.SYNCED && !copiesWait ? "" : keyOf(reference);
    }

    /** Searches cycles depth first with an explicit stack, since a chain may be as long as the file. */
    private void findCycles(String start, Set<String> done) {
        Set<String> path = new HashSet<>();
        Deque<Step> stack = new ArrayDeque<>();
        enter(start, path, stack, done);
        while (!stack.isEmpty()) {
            Step step = stack.getFirst();
            if (!step.rest().hasNext()) {
                stack.pop();
                path.remove(step.node());
                continue;
            }
            String next = nodeOfEntry(step.rest().next());
            if (path.contains(next)) {
                reportCycle(next, stack);
            } else {
                enter(next, path, stack, done);
            }
        }
    }

    private void enter(String node, Set<String> path, Deque<Step> stack, Set<String> done) {
        Dependent dependent = dependents.get(node);
        if (dependent != null && done.add(node)) {
            path.add(node);
            stack.push(new Step(node, dependent, dependent.waitsFor().iterator()));
        }
    }

    private void reportCycle(String closing, Deque<Step> stack) {
        List<Dependent> members = new ArrayList<>();
        for (Step step : stack) {
            members.add(0, step.dependent());
            if (step.node().equals(closing)) {
                break;
            }
        }
        findings.problem(
                members.stream()
                        .map(Dependent::line)
                        .filter(line -> line > 0)
                        .findFirst()
                        .orElse(0),
                Column.DEPENDS_ON.label(),
                "servers wait for each other in a cycle: " + describe(members),
                "remove one of these dependencies");
    }

    private static String describe(List<Dependent> members) {
        StringBuilder text = new StringBuilder();
        members.stream()
                .limit(10)
                .forEach(each -> text.append(each.name())
                        .append(each.line() == 0 ? "" : " (line " + each.line() + ")")
                        .append(" -> "));
        return text.append(members.size() > 10 ? "... -> " : "")
                .append(members.get(0).name())
                .toString();
    }
}
