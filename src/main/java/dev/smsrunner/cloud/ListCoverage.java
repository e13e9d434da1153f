package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/**
 * Coverage of a list by the pages received. An element missing from an incomplete list may still exist.
 *
 * @param received number of distinct elements with an id
 * @param announced number of elements according to the service ({@code count}); null when it gives none, or an
 *     impossible one
 */
public record ListCoverage(int received, @Nullable Integer announced) {

    /** Whether the pages contained every announced element. */
    public boolean isComplete() {
        return announced == null || received >= announced;
    }

    /** Text for messages: {@code 240 of 250}. */
    @Override
    public String toString() {
        return announced == null ? String.valueOf(received) : received + " of " + announced;
    }
}
