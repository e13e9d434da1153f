package dev.smsrunner.cli.console;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The width of the terminal, asked for again every few seconds, since people resize their windows. */
public final class TerminalWidth {

    private static final Duration FRESH = Duration.ofSeconds(3);

    private final CommandContext at;
    private @Nullable Instant asked;
    private int columns;

    public TerminalWidth(CommandContext at) {
        this.at = at;
    }

    public int columns() {
        var now = at.clock().instant();
        if (asked == null || Duration.between(asked, now).abs().compareTo(FRESH) > 0) {
            asked = now;
            columns = Terminal.width(at.environment());
        }
        return columns;
    }
}
