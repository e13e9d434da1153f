package dev.smsrunner.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the job file says of the order of launches, as far as it can contradict the inventory.
 *
 * @param after by wave the waves that must have ended before its targets are launched
 * @param named all waves of which something is said
 * @param holdsStarts whether dependencies hold the start of a copy too, since SMS launches at its end
 */
public record LaunchOrder(Map<String, List<String>> after, boolean holdsStarts, Set<String> named) {

    /** Nothing is said of the order. */
    public static final LaunchOrder NONE = new LaunchOrder(Map.of(), false);

    /** The same where only {@code after} names waves. */
    public LaunchOrder(Map<String, List<String>> after, boolean holdsStarts) {
        this(after, holdsStarts, after.keySet());
    }

    List<String> after(String wave) {
        return after.getOrDefault(wave, List.of());
    }

    /** Every wave that is named. */
    Set<String> all() {
        var waves = new HashSet<>(named);
        after.values().forEach(waves::addAll);
        return waves;
    }

    boolean isAwaited(String wave) {
        return after.values().stream().anyMatch(waves -> waves.contains(wave));
    }
}
