package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the command line that override the job file.
 *
 * @param inventory value of {@code --inventory}, relative to the working directory; null = as in the job file
 * @param set values of {@code --set} by dotted key, such as {@code limits.concurrent}
 */
public record Overrides(@Nullable Path inventory, Map<String, String> set) {

    public Overrides {
        set = Map.copyOf(set);
    }

    /** No overrides. */
    public static Overrides none() {
        return new Overrides(null, Map.of());
    }
}
