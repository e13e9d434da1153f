package dev.smsrunner.job.migrate;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows of a plan that cannot all be launched in their windows: the windows are over, or have too little room. */
final class WindowDemand {

    private final CutoverWindows windows;
    private final Instant now;
    private final Map<List<String>, Integer> rowsByWindows = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    /** @param now time of the plan */
    WindowDemand(CutoverWindows windows, Instant now) {
        this.windows = windows;
        this.now = now;
    }

    /** Adds a row that the run would launch. */
    void add(InventoryRow row) {
        var all = windows.of(row.waveName(), row.cutoverWindow());
        var left = all.stream().filter(window -> !window.isOverAt(now)).toList();
        if (left.isEmpty() && !all.isEmpty() && !windows.isOverAt(now)) {
            warnings.add("%s (row %d) can never be launched: its windows are over (%s)"
                    .formatted(row.serverName(), row.row(), names(all)));
        } else if (!left.isEmpty()) {
            rowsByWindows.merge(left.stream().map(Window::name).toList(), 1, Integer::sum);
        }
    }

    /** One warning for each row whose windows are over, then one for each group of windows with too little room. */
    List<String> warnings() {
        var all = new ArrayList<>(warnings);
        for (var names : rowsByWindows.keySet()) {
            long rows = rowsByWindows.entrySet().stream()
                    .filter(entry -> names.containsAll(entry.getKey()))
                    .mapToInt(Map.Entry::getValue)
                    .sum();
            long room = room(names);
            if (rows > room) {
                all.add("%s may use only %s, with room for %s: at least %d find no place"
                        .formatted(
                                Plural.of(rows, "row"),
                                String.join(", ", names),
                                Plural.of(room, "launch"),
                                rows - room));
            }
        }
        return all;
    }

    private long room(List<String> names) {
        long room = 0;
        for (var name : new TreeSet<>(names)) {
            var capacity = windows.find(name).map(Window::capacity).orElse(null);
            if (capacity == null) {
                return Long.MAX_VALUE;
            }
            room += capacity;
        }
        return room;
    }

    private static String names(List<Window> windows) {
        return windows.stream()
                .map(window -> window.name().isEmpty() ? "cutover.window" : window.name())
                .collect(Collectors.joining(", "));
    }
}
