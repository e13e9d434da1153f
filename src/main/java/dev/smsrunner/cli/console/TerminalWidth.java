package dev.smsrunner.cli.console;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Width of the terminal, refreshed every few seconds, since its window can be resized. */
public final class TerminalWidth {

    private static final Duration MAX_AGE = Duration.ofSeconds(3);

    private final CommandContext context;
    private @Nullable Instant readAt;
    private int columns;

    public TerminalWidth(CommandContext context) {
        this.context = context;
    }

    public int columns() {
        var now = context.clock().instant();
        if (readAt == null || Duration.between(readAt, now).abs().compareTo(MAX_AGE) > 0) {
            readAt = now;
            columns = Terminal.width(context.environment());
        }
        return columns;
    }
}
