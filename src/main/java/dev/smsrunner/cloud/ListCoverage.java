package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/**
 * How much of a list the service showed. What an incomplete list does not show is unknown: it may be there all the same.
 *
 * @param seen number of elements with an id, each counted once
 * @param announced number of elements that the service says it has ({@code count}); null when it does not say, or says something that
 *     cannot be
 */
public record ListCoverage(int seen, @Nullable Integer announced) {

    /** Whether everything was shown that the service says it has. */
    public boolean complete() {
        return announced == null || seen >= announced;
    }

    /** For a message: {@code 240 of 250}. */
    @Override
    public String toString() {
        return announced == null ? String.valueOf(seen) : seen + " of " + announced;
    }
}
