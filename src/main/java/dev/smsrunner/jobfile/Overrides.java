package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says instead of the job file.
 *
 * @param inventory the inventory of {@code --inventory}, relative to the working directory; null = as in the job file
 * @param set the values of {@code --set} by dotted key, such as {@code limits.concurrent}
 */
public record Overrides(@Nullable Path inventory, Map<String, String> set) {

    public Overrides {
        set = Map.copyOf(set);
    }

    /** The command line says nothing. */
    public static Overrides none() {
        return new Overrides(null, Map.of());
    }
}
