package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * I18: how many events each row has, and that they are no more than its looks and calls account for. One look writes at most
 * six of a row (a lost answer found and the stage by it, a state, a stage or an end, a word to people, what is done next); a
 * call at most seven (intended, answered, undecided, settled, and what follows); an opening and a process at most four. There
 * are no more looks than fit between the first event and the last, besides those that follow a request of a person at once
 * or, since the drive goes on at once only when it made twenty calls or more, the calls.
 */
final class EventVolumeCheck implements EventCheck {

    private static final int OF_A_LOOK = 6;
    private static final int OF_A_CALL = 7;
    private static final int OF_A_BEGIN = 4;
    private static final int CALLS_OF_A_ROUND = 20;

    /** How the events of an outage of the service begin; they go with no look more. */
    private static final String SERVICE = "SERVICE ";

    private final Findings findings;
    private final Map<Integer, Size> sizes = new TreeMap<>();
    private @Nullable Instant first;
    private Instant last = Instant.EPOCH;
    private @Nullable Duration every;
    private long events;
    private long begins = 1;
    private long requests;

    /** What a row takes. */
    private static final class Size {
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
        shortest(event);
        if (event.kind().equals("RUN") && !event.after().startsWith(SERVICE)) {
            begins++;
        } else if (event.kind().equals("CONTROL")) {
            requests++;
        }
        if (event.row() != null) {
            var size = sizes.computeIfAbsent(event.row(), row -> new Size());
            size.events++;
            size.bounded += event.kind().matches("FINDING|CONTROL") ? 0 : 1;
            size.characters += characters(event);
        }
    }

    private void shortest(RecordedEvent event) {
        var settings = event.change().path("run").path("settings").asString("");
        if (!settings.isEmpty()) {
            var agreed = RecordedSettings.of(settings).duration("watch.every");
            every = every == null || agreed.compareTo(every) < 0 ? agreed : every;
        }
    }

    private static long characters(RecordedEvent event) {
        return event.columns().values().stream()
                .mapToLong(value -> value instanceof String text ? text.length() : 8)
                .sum();
    }

    @Override
    public void end(ReplayedTables fold) {
        if (sizes.isEmpty()) {
            return;
        }
        var most = sizes.entrySet().stream()
                .max(Map.Entry.comparingByValue(java.util.Comparator.comparingLong(size -> size.events)))
                .orElseThrow();
        double all = sizes.values().stream().mapToLong(size -> size.events).sum();
        double kilobytes =
                sizes.values().stream().mapToLong(size -> size.characters).sum() / 1024.0;
        findings.told(String.format(
                Locale.ROOT,
                "Events per row: %.1f on average, at most %d (row %d); %.1f KB per row on average.",
                all / sizes.size(),
                most.getValue().events,
                most.getKey(),
                kilobytes / sizes.size()));
        if (every == null || every.isZero() || first == null) {
            findings.notChecked("I18", "the events do not tell how often the service was looked at");
        } else {
            bounded(fold, Duration.between(first, last).dividedBy(every) + 1);
        }
    }

    private void bounded(ReplayedTables fold, long fitting) {
        long looks = fitting + events / CALLS_OF_A_ROUND + requests + begins;
        sizes.forEach((row, size) -> {
            long calls = fold.intents(row).size();
            long ceiling = OF_A_LOOK * looks + OF_A_CALL * calls + OF_A_BEGIN * (begins + requests);
            if (size.bounded > ceiling) {
                findings.violation(
                        "I18",
                        row,
                        "the row has %d events; %d looks and %d calls account for %d at most"
                                .formatted(size.bounded, looks, calls, ceiling),
                        "events of the row",
                        "Look at its timeline in the report; report it.");
            }
        });
        findings.checked(
                "I18",
                "events of each of %d rows: no more than its calls and at most %d looks account for"
                        .formatted(sizes.size(), looks));
    }
}
