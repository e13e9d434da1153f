package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * I18: number of events per row, bounded by its polls and calls. One poll writes at most six events of a row (a lost answer and
 * its stage, a state, a stage or end, attention, next action). A call writes at most seven (intended, answered, unknown,
 * resolved, and consequences); a reopening and a process start at most four. The number of polls is bounded by the time between
 * first and last event. A request triggers an extra poll, and so do 20 or more calls in one round.
 */
final class EventVolumeCheck implements EventCheck {

    private static final int EVENTS_PER_POLL = 6;
    private static final int EVENTS_PER_CALL = 7;
    private static final int EVENTS_PER_START = 4;
    private static final int CALLS_PER_ROUND = 20;

    /** Prefix of the events of a service outage, which trigger no extra poll. */
    private static final String SERVICE = "SERVICE ";

    private final Findings findings;
    private final Map<Integer, RowVolume> sizes = new TreeMap<>();
    private @Nullable Instant first;
    private Instant last = Instant.EPOCH;
    private @Nullable Duration interval;
    private long events;
    private long starts = 1;
    private long requests;

    /** Volume of the events of a row. */
    private static final class RowVolume {
        private long events;
        private long bounded;
        private long characters;
    }

    EventVolumeCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        events++;
        first = first == null ? event.at() : first;
        last = event.at().isAfter(last) ? event.at() : last;
        recordInterval(event);
        if (event.kind().equals("RUN") && !event.after().startsWith(SERVICE)) {
            starts++;
        } else if (event.kind().equals("CONTROL")) {
            requests++;
        }
        if (event.row() != null) {
            var size = sizes.computeIfAbsent(event.row(), row -> new RowVolume());
            size.events++;
            size.bounded += event.kind().matches("FINDING|CONTROL") ? 0 : 1;
            size.characters += characters(event);
        }
    }

    private void recordInterval(RecordedEvent event) {
        var settings = event.change().path("run").path("settings").asString("");
        if (!settings.isEmpty()) {
            var recorded = RecordedSettings.of(settings).duration("watch.every");
            interval = interval == null || recorded.compareTo(interval) < 0 ? recorded : interval;
        }
    }

    private static long characters(RecordedEvent event) {
        return event.columns().values().stream()
                .mapToLong(value -> value instanceof String text ? text.length() : 8)
                .sum();
    }

    @Override
    public void end(ReplayedTables replayed) {
        if (sizes.isEmpty()) {
            return;
        }
        var largest = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparingLong(size -> size.events)))
                .orElseThrow();
        double all = sizes.values().stream().mapToLong(size -> size.events).sum();
        double kilobytes =
                sizes.values().stream().mapToLong(size -> size.characters).sum() / 1024.0;
        findings.note(String.format(
                Locale.ROOT,
                "Events per row: %.1f on average, at most %d (row %d); %.1f KB per row on average.",
                all / sizes.size(),
                largest.getValue().events,
                largest.getKey(),
                kilobytes / sizes.size()));
        if (interval == null || interval.isZero() || first == null) {
            findings.notChecked("I18", "the events do not contain the poll interval");
        } else {
            bounded(replayed, Duration.between(first, last).dividedBy(interval) + 1);
        }
    }

    private void bounded(ReplayedTables replayed, long fitting) {
        long polls = fitting + events / CALLS_PER_ROUND + requests + starts;
        sizes.forEach((row, size) -> {
            long calls = replayed.intents(row).size();
            long ceiling = EVENTS_PER_POLL * polls + EVENTS_PER_CALL * calls + EVENTS_PER_START * (starts + requests);
            if (size.bounded > ceiling) {
                findings.violation(
                        "I18",
                        row,
                        "the row has %s; %d polls and %d calls explain at most %d"
                                .formatted(Findings.count(size.bounded, "event"), polls, calls, ceiling),
                        "events of the row",
                        "Check its timeline in the report and report a bug.");
            }
        });
        findings.checked(
                "I18",
                "events of %s: explained by their calls and at most %s"
                        .formatted(Findings.count(sizes.size(), "row"), Findings.count(polls, "poll")));
    }
}
