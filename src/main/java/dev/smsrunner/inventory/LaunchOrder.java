package dev.smsrunner.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the job file says of the order of launches, as far as it can contradict the inventory.
 *
 * @param after by wave the waves that must have ended before its targets are launched
 * @param holdsStarts whether dependencies hold the start of a copy too, since SMS launches at its end
 */
public record LaunchOrder(Map<String, List<String>> after, boolean holdsStarts) {

    /** Nothing is said of the order. */
    public static final LaunchOrder NONE = new LaunchOrder(Map.of(), false);

    List<String> after(String wave) {
        return after.getOrDefault(wave, List.of());
    }

    /** The waves that others wait for. */
    Set<String> awaited() {
        var waves = new HashSet<String>();
        after.values().forEach(waves::addAll);
        return waves;
    }

    boolean isAwaited(String wave) {
        return after.values().stream().anyMatch(waves -> waves.contains(wave));
    }
}
