package dev.smsrunner.run;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.ServerName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows of a plan whose target can never be launched, since they depend on rows that would be rejected. */
final class UnlaunchableRows {

    private final boolean holdsStarts;
    private final Map<String, List<Waiting>> waiting = new HashMap<>();
    private final Map<Integer, Label> rejected = new LinkedHashMap<>();

    /** @param holdsStarts whether dependencies hold the start of a copy, so that it never gets in sync either */
    UnlaunchableRows(boolean holdsStarts) {
        this.holdsStarts = holdsStarts;
    }

    /**
     * A row for people, with the keys under which others name it.
     *
     * @param keys as {@link DependencyRef#key} gives them
     */
    private record Label(int row, String name, List<String> keys) {

        String text() {
            return "%s (row %d)".formatted(name, row);
        }
    }

    private record Waiting(Label who, DependencyRef reference) {}

    /** Takes one row of the plan. */
    void add(PlannedRow planned) {
        var row = planned.row();
        var keys = new ArrayList<>(List.of(ServerName.key(row.serverName())));
        var source = planned.sourceId() == null ? row.sourceServerId() : planned.sourceId();
        if (!source.isEmpty()) {
            keys.add("id:" + source.toLowerCase(Locale.ROOT));
        }
        var label = new Label(row.row(), row.serverName(), List.copyOf(keys));
        if (planned.step() == PlannedRow.Step.REJECT) {
            rejected.put(row.row(), label);
        } else if (planned.step() != PlannedRow.Step.SKIP) {
            row.dependsOn().stream()
                    .map(DependencyRef::of)
                    .forEach(reference -> waiting.computeIfAbsent(reference.key(), key -> new ArrayList<>(1))
                            .add(new Waiting(label, reference)));
        }
    }

    /** A sentence for each of these rows, nearest to the rejected ones first. */
    List<String> texts() {
        var found = new LinkedHashMap<Integer, String>();
        var left = new ArrayDeque<>(rejected.values());
        while (!left.isEmpty()) {
            var cause = left.poll();
            boolean isRejected = rejected.containsKey(cause.row());
            for (var key : cause.keys()) {
                for (var each : waiting.getOrDefault(key, List.of())) {
                    boolean copyIsEnough = each.reference().level() == DependencyRef.Level.SYNCED && !holdsStarts;
                    if ((isRejected || !copyIsEnough)
                            && found.putIfAbsent(each.who().row(), text(each.who(), cause, isRejected)) == null) {
                        left.add(each.who());
                    }
                }
            }
        }
        return List.copyOf(found.values());
    }

    private static String text(Label who, Label cause, boolean isRejected) {
        return "%s can never be launched: it depends on %s, which %s"
                .formatted(who.text(), cause.text(), isRejected ? "is rejected" : "can never be launched");
    }
}
