package dev.smsrunner.cutover;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Current number of launches, the time of the latest launch, and the launches in each window.
 *
 * @param inProgress number of targets that are being launched
 * @param latest null before the first launch
 * @param byWindow number of launches by name of the window; failed launches do not count
 */
record LaunchActivity(int inProgress, @Nullable Instant latest, Map<String, Integer> byWindow) {

    /**
     * Copy with one more launch.
     *
     * @param window name of its window; null without windows
     */
    LaunchActivity plusOne(Instant at, @Nullable String window) {
        var counts = byWindow;
        if (window != null) {
            counts = new HashMap<>(byWindow);
            counts.merge(window, 1, Integer::sum);
        }
        return new LaunchActivity(inProgress + 1, at, counts);
    }

    /** Number of launches in the window. */
    int in(String window) {
        return byWindow.getOrDefault(window, 0);
    }
}
