package dev.smsrunner.dashboard;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The views of the runs that pages show; a view without reads for a minute is dropped. */
final class RunViews {

    private static final Duration MAX_IDLE = Duration.ofMinutes(1);

    private final RunArchive archive;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, RunView> views = new HashMap<>();

    RunViews(RunArchive archive, Clock clock, LongSupplier nanos) {
        this.archive = archive;
        this.clock = clock;
        this.nanos = nanos;
    }

    synchronized RunView of(String runId) {
        long now = nanos.getAsLong();
        views.entrySet()
                .removeIf(entry ->
                        !entry.getKey().equals(runId) && now - entry.getValue().readAt() > MAX_IDLE.toNanos());
        return views.computeIfAbsent(runId, id -> new RunView(archive, id, clock, nanos));
    }
}
