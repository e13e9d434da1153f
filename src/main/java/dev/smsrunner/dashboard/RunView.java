package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run as the page sees it: read whole once, then only what changed, a few times a second however many people look, and
 * not at all while nobody does.
 */
final class RunView {

    private static final Duration FRESH = Duration.ofMillis(300);

    private final RunArchive archive;
    private final String runId;
    private final Clock clock;
    private final LongSupplier nanos;
    private final History history = new History();
    private @Nullable RunSnapshot picture;
    private @Nullable ActiveControls steering;
    private long steeringAt;
    private long lookedAt;
    private @Nullable RunSnapshot told;
    private @Nullable Map<String, @Nullable Object> snapshot;

    RunView(RunArchive archive, String runId, Clock clock, LongSupplier nanos) {
        this.archive = archive;
        this.runId = runId;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** The run as it is now, give or take a moment; null when there is none of this id. */
    synchronized @Nullable RunSnapshot look() {
        boolean fresh = picture != null && nanos.getAsLong() - lookedAt < FRESH.toNanos();
        return fresh ? picture : lookNow();
    }

    /** The run as it is now. */
    synchronized @Nullable RunSnapshot lookNow() {
        var run = archive.runs().find(runId);
        var head = archive.reader().head(runId);
        if (run.isEmpty() || head.isEmpty()) {
            return null;
        }
        picture = next(run.get(), head.get());
        lookedAt = nanos.getAsLong();
        return picture;
    }

    /** What the page shows of the whole run; made once per look, for all who look. */
    synchronized Map<String, @Nullable Object> snapshot(RunSnapshot of) {
        if (snapshot == null || told != of) {
            snapshot = new RunSnapshotJson(of, archive.options()).json();
            told = of;
        }
        return snapshot;
    }

    /** The stages and the calls over time, at so many points. */
    synchronized Map<String, Object> history(RunSnapshot of, int points) {
        return history.json(of, points);
    }

    /** Since when it was not looked at, by the monotonic clock. */
    synchronized long lookedAt() {
        return lookedAt;
    }

    private RunSnapshot next(Run run, RunVersion head) {
        var before = picture;
        var events = before == null ? List.<Event>of() : archive.reader().eventsAfter(runId, before.event());
        long event = events.isEmpty()
                ? head.lastEvent()
                : events.get(events.size() - 1).number();
        history.add(before == null ? archive.reader().stages(runId, event) : events);
        var holder = archive.holder().apply(run);
        var now = clock.instant();
        if (before == null) {
            var rows = fresh(read());
            var samples = samples(List.of());
            var obstacles = obstacles(run, head, rows);
            return new RunSnapshot(
                    1, event, now, run, head, holder, rows, event, Map.of(), 0, Map.of(), samples, obstacles);
        }
        var rows = fresh(
                before.rows().size() != head.rows() || events.isEmpty() && wrote(before, head)
                        ? read()
                        : changed(before, head, events));
        var different = different(before.rows(), rows);
        var obstacles = obstacles(run, head, rows);
        var shown = new HashSet<>(different);
        shown.addAll(heldOtherwise(before.obstacles(), obstacles));
        var found = new RunSnapshot(
                before.serial() + 1,
                event,
                now,
                run,
                head,
                holder,
                different.isEmpty() ? before.rows() : rows,
                before.first(),
                touched(before, events, different, event),
                runTouched(before, events),
                marked(before.serials(), shown, before.serial() + 1),
                samples(before.samples()),
                shown.isEmpty() ? before.obstacles() : obstacles);
        return found.sameAs(before) ? found.withSerial(before.serial()) : found;
    }

    private Map<Integer, Obstacle> obstacles(Run run, RunVersion head, SortedMap<Integer, LedgerRow> rows) {
        var plan = CutoverPlan.recorded(run.settings());
        return WaitingReasons.of(new CutoverSnapshot(rows.values(), plan, steering(head)), clock.instant());
    }

    /** It changes only with what the run writes. */
    private ActiveControls steering(RunVersion head) {
        var known = steering;
        if (known == null || head.writes() != steeringAt) {
            known = archive.reader().steering(runId);
            steering = known;
            steeringAt = head.writes();
        }
        return known;
    }

    /** The rows that wait for something else than before; a place in a line that moves on is none. */
    private static Set<Integer> heldOtherwise(Map<Integer, Obstacle> before, Map<Integer, Obstacle> now) {
        return now.entrySet().stream()
                .filter(entry -> {
                    var earlier = before.get(entry.getKey());
                    return earlier == null
                            || earlier.kind() != entry.getValue().kind()
                            || !earlier.rows().equals(entry.getValue().rows());
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean wrote(RunSnapshot before, RunVersion head) {
        return before.head().writes() != head.writes();
    }

    private SortedMap<Integer, LedgerRow> read() {
        var rows = new TreeMap<Integer, LedgerRow>();
        archive.reader().all(runId).forEach(row -> rows.put(row.row(), row));
        return Collections.unmodifiableSortedMap(rows);
    }

    /** Rows whose copies went on are written without an event. */
    private SortedMap<Integer, LedgerRow> changed(RunSnapshot before, RunVersion head, List<Event> events) {
        var numbers = events.stream().map(Event::row).filter(Objects::nonNull).collect(Collectors.toSet());
        if (!wrote(before, head)) {
            return before.rows();
        }
        var rows = new TreeMap<>(before.rows());
        archive.reader().rows(runId, numbers).forEach(row -> rows.put(row.row(), row));
        archive.reader().changedAfter(runId, latest(before.rows())).forEach(row -> rows.put(row.row(), row));
        return Collections.unmodifiableSortedMap(rows);
    }

    private static Instant latest(SortedMap<Integer, LedgerRow> rows) {
        return rows.values().stream()
                .map(row -> row.seen().changedAt())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** With what this process has seen since it wrote them; the same map when that is nothing new. */
    private SortedMap<Integer, LedgerRow> fresh(SortedMap<Integer, LedgerRow> rows) {
        var fresh = new TreeMap<Integer, LedgerRow>();
        rows.values().stream()
                .map(archive.progress()::refreshed)
                .filter(row -> row != rows.get(row.row()))
                .forEach(row -> fresh.put(row.row(), row));
        if (fresh.isEmpty()) {
            return rows;
        }
        rows.forEach(fresh::putIfAbsent);
        return Collections.unmodifiableSortedMap(fresh);
    }

    private static Set<Integer> different(SortedMap<Integer, LedgerRow> before, SortedMap<Integer, LedgerRow> now) {
        return before == now
                ? Set.of()
                : now.values().stream()
                        .filter(row -> !row.equals(before.get(row.row())))
                        .map(LedgerRow::row)
                        .collect(Collectors.toSet());
    }

    /** Rows come into the ledger without an event of their own: they count as touched by the last one there was. */
    private static Map<Integer, Long> touched(
            RunSnapshot before, List<Event> events, Set<Integer> different, long event) {
        var touched = marked(before.touched(), different, event);
        if (events.isEmpty()) {
            return touched;
        }
        var numbers = new HashMap<>(touched);
        events.stream().filter(one -> one.row() != null).forEach(one -> numbers.put(one.row(), one.number()));
        return numbers;
    }

    private static Map<Integer, Long> marked(Map<Integer, Long> before, Set<Integer> rows, long mark) {
        if (rows.isEmpty()) {
            return before;
        }
        var marks = new HashMap<>(before);
        rows.forEach(row -> marks.put(row, mark));
        return marks;
    }

    private static long runTouched(RunSnapshot before, List<Event> events) {
        return events.stream()
                .filter(event -> event.row() == null)
                .mapToLong(Event::number)
                .max()
                .orElse(before.runTouched());
    }

    private List<ApiSample> samples(List<ApiSample> known) {
        var since =
                known.isEmpty() ? Instant.EPOCH : known.get(known.size() - 1).at();
        var more = archive.reader().samplesAfter(runId, since);
        if (more.isEmpty()) {
            return known;
        }
        var all = new ArrayList<>(known);
        all.addAll(more);
        return Collections.unmodifiableList(all);
    }
}
