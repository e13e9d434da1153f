package dev.smsrunner.run;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Change of the cutover windows of an unfinished run. A window in which something was launched may only be widened. */
final class WindowChange {

    private WindowChange() {}

    /**
     * Changes that narrow a window with launches, one text for each; empty when there are none.
     *
     * @param rows rows of the run
     * @param recorded recorded settings of the run
     * @param changed changed settings
     */
    static List<String> refusals(List<LedgerRow> rows, Map<String, String> recorded, Map<String, String> changed) {
        var before = CutoverWindows.fromSettings(recorded);
        var after = CutoverWindows.fromSettings(changed);
        if (before.equals(after)) {
            return List.of();
        }
        var run = new CutoverSnapshot(rows, CutoverPlan.fromSettings(recorded), ActiveControls.NONE);
        var launches = new HashMap<String, Integer>();
        rows.forEach(
                row -> run.windowOfLaunch(row).ifPresent(window -> launches.merge(window.name(), 1, Integer::sum)));
        var refusals = new ArrayList<String>();
        for (var window : before.all()) {
            int count = launches.getOrDefault(window.name(), 0);
            if (count > 0) {
                var had = "%s had %s".formatted(window.key(), Plural.of(count, "launch"));
                narrowed(window, after.find(window.name()).orElse(null))
                        .forEach(what -> refusals.add(had + ": " + what));
            }
        }
        return refusals;
    }

    private static List<String> narrowed(Window before, @Nullable Window after) {
        if (after == null) {
            return List.of("the window was removed");
        }
        var texts = new ArrayList<String>();
        if (after.open().isAfter(before.open())) {
            texts.add("it opens later, at %s instead of %s".formatted(after.open(), before.open()));
        }
        if (after.close().isBefore(before.close())) {
            texts.add("it closes earlier, at %s instead of %s".formatted(after.close(), before.close()));
        }
        if (after.lockout().compareTo(before.lockout()) > 0) {
            texts.add(
                    "its lockout is longer, %s instead of %s".formatted(text(after.lockout()), text(before.lockout())));
        }
        if (capacity(after) < capacity(before)) {
            texts.add("its capacity is lower, %d instead of %s"
                    .formatted(after.capacity(), before.capacity() == null ? "no limit" : before.capacity()));
        }
        return texts;
    }

    private static String text(Duration lockout) {
        return Durations.write(lockout);
    }

    private static int capacity(Window window) {
        return window.capacity() == null ? Integer.MAX_VALUE : window.capacity();
    }
}
