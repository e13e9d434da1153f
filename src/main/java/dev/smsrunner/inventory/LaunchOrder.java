package dev.smsrunner.inventory;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Launch order and windows of the job file, as far as it can contradict the inventory.
 *
 * @param after waves that must have ended before the targets of a wave are launched, by wave
 * @param waves all waves with settings
 * @param gates waves of each gate, by its name; no waves for all rows
 * @param holdsStarts whether dependencies also hold the start of a copy, since SMS launches the target at its end
 * @param windows windows of a wave by its name, in the order of time; those of all other waves under the empty name; no
 *     entries without windows
 */
public record LaunchOrder(
        Map<String, List<String>> after,
        boolean holdsStarts,
        Set<String> waves,
        Map<String, List<String>> gates,
        Map<String, List<LaunchWindow>> windows) {

    /** No order. */
    public static final LaunchOrder NONE = new LaunchOrder(Map.of(), false);

    /** Order without gates and windows. */
    public LaunchOrder(Map<String, List<String>> after, boolean holdsStarts, Set<String> waves) {
        this(after, holdsStarts, waves, Map.of(), Map.of());
    }

    /** Order in which only the waves of {@code after} have settings. */
    public LaunchOrder(Map<String, List<String>> after, boolean holdsStarts) {
        this(after, holdsStarts, after.keySet());
    }

    List<String> after(String wave) {
        return after.getOrDefault(wave, List.of());
    }

    /** All waves in the job file. */
    Set<String> allWaves() {
        var all = new HashSet<>(waves);
        after.values().forEach(all::addAll);
        return all;
    }

    /** Windows of a wave; empty without windows. */
    List<LaunchWindow> windowsOf(String wave) {
        return windows.getOrDefault(wave, windows.getOrDefault("", List.of()));
    }

    boolean isAwaited(String wave) {
        return after.values().stream().anyMatch(waves -> waves.contains(wave));
    }
}
