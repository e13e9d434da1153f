package dev.smsrunner.job.migrate;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.job.PlannedRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Rows of a plan that can never be launched, since they depend on rejected rows. */
final class UnlaunchableRows {

    private final boolean holdsStarts;
    private final Map<String, List<Dependent>> dependents = new HashMap<>();
    private final Map<Integer, Label> rejected = new LinkedHashMap<>();

    /** @param holdsStarts whether dependencies also hold the start of the copy, so that the row never gets in sync */
    UnlaunchableRows(boolean holdsStarts) {
        this.holdsStarts = holdsStarts;
    }

    /**
     * Displayed name of a row, with the keys that dependencies use for it.
     *
     * @param keys keys in the form of {@link DependencyRef#key}
     */
    private record Label(int row, String name, List<String> keys) {

        String text() {
            return "%s (row %d)".formatted(name, row);
        }
    }

    private record Dependent(Label label, DependencyRef reference) {}

    /** Adds one row of the plan. */
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
                    .forEach(reference -> dependents
                            .computeIfAbsent(reference.key(), key -> new ArrayList<>(1))
                            .add(new Dependent(label, reference)));
        }
    }

    /** One warning for each row that can never be launched, the rows nearest to a rejected one first. */
    List<String> warnings() {
        var warnings = new LinkedHashMap<Integer, String>();
        var queue = new ArrayDeque<>(rejected.values());
        while (!queue.isEmpty()) {
            var cause = queue.poll();
            boolean isRejected = rejected.containsKey(cause.row());
            for (var key : cause.keys()) {
                for (var each : dependents.getOrDefault(key, List.of())) {
                    boolean copyIsEnough = each.reference().level() == DependencyRef.Level.SYNCED && !holdsStarts;
                    if ((isRejected || !copyIsEnough)
                            && warnings.putIfAbsent(each.label().row(), text(each.label(), cause, isRejected))
                                    == null) {
                        queue.add(each.label());
                    }
                }
            }
        }
        return List.copyOf(warnings.values());
    }

    private static String text(Label dependent, Label cause, boolean isRejected) {
        return "%s can never be launched: it depends on %s, which %s"
                .formatted(dependent.text(), cause.text(), isRejected ? "is rejected" : "can never be launched");
    }
}
