package dev.smsrunner.cli;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The width of the terminal, asked for again every few seconds, since people resize their windows. */
final class TerminalWidth {

    private static final Duration FRESH = Duration.ofSeconds(3);

    private final CommandContext at;
    private @Nullable Instant asked;
    private int columns;

    TerminalWidth(CommandContext at) {
        this.at = at;
    }

    int columns() {
        var now = at.clock().instant();
        if (asked == null || Duration.between(asked, now).abs().compareTo(FRESH) > 0) {
            asked = now;
            columns = Terminal.width(at.environment());
        }
        return columns;
    }
}
