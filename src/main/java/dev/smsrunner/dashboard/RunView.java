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
 * Cached view of one run: reads the whole run once, then only changes. It reads at most a few times a second for all open
 * pages together, and not at all without one.
 */
final class RunView {

    private static final Duration MAX_AGE = Duration.ofMillis(300);

    private final RunArchive archive;
    private final String runId;
    private final Clock clock;
    private final LongSupplier nanos;
    private final History history = new History();
    private @Nullable RunSnapshot snapshot;
    private @Nullable ActiveControls activeControls;
    private long activeControlsAt;
    private long readAt;
    private @Nullable RunSnapshot jsonOf;
    private @Nullable Map<String, @Nullable Object> json;

    RunView(RunArchive archive, String runId, Clock clock, LongSupplier nanos) {
        this.archive = archive;
        this.runId = runId;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** The latest snapshot, at most a moment old; null if there is no run with this id. */
    synchronized @Nullable RunSnapshot latest() {
        boolean fresh = snapshot != null && nanos.getAsLong() - readAt < MAX_AGE.toNanos();
        return fresh ? snapshot : refresh();
    }

    /** Reads the current state of the run; null if there is no run with this id. */
    synchronized @Nullable RunSnapshot refresh() {
        var run = archive.runs().find(runId);
        var head = archive.reader().findVersion(runId);
        if (run.isEmpty() || head.isEmpty()) {
            return null;
        }
        snapshot = next(run.get(), head.get());
        readAt = nanos.getAsLong();
        return snapshot;
    }

    /** The JSON of a snapshot, built once for all open pages. */
    synchronized Map<String, @Nullable Object> json(RunSnapshot of) {
        if (json == null || jsonOf != of) {
            json = new RunSnapshotJson(of, archive.suggested()).json();
            jsonOf = of;
        }
        return json;
    }

    /** The stages and the calls over time, at this number of points. */
    synchronized Map<String, Object> history(RunSnapshot of, int points) {
        return history.json(of, points);
    }

    /** Instant of the latest read on the monotonic clock. */
    synchronized long readAt() {
        return readAt;
    }

    private RunSnapshot next(Run run, RunVersion head) {
        var before = snapshot;
        var events = before == null ? List.<Event>of() : archive.reader().eventsAfter(runId, before.event());
        long event = events.isEmpty()
                ? head.lastEvent()
                : events.get(events.size() - 1).number();
        history.add(before == null ? archive.reader().stages(runId, event) : events);
        var holder = archive.holder().apply(run);
        var now = clock.instant();
        if (before == null) {
            var rows = withLatestProgress(readAll());
            var samples = samples(List.of());
            var obstacles = obstacles(run, head, rows);
            return new RunSnapshot(
                    1, event, now, run, head, holder, rows, event, Map.of(), 0, Map.of(), samples, obstacles);
        }
        var rows = withLatestProgress(
                before.rows().size() != head.rows() || events.isEmpty() && hasWrites(before, head)
                        ? readAll()
                        : readChanges(before, head, events));
        var changed = changedRows(before.rows(), rows);
        var obstacles = obstacles(run, head, rows);
        var displayed = new HashSet<>(changed);
        displayed.addAll(changedObstacles(before.obstacles(), obstacles));
        var next = new RunSnapshot(
                before.serial() + 1,
                event,
                now,
                run,
                head,
                holder,
                changed.isEmpty() ? before.rows() : rows,
                before.firstEvent(),
                lastEvents(before, events, changed, event),
                lastRunEvent(before, events),
                mark(before.serials(), displayed, before.serial() + 1),
                samples(before.samples()),
                displayed.isEmpty() ? before.obstacles() : obstacles);
        return next.sameAs(before) ? next.withSerial(before.serial()) : next;
    }

    private Map<Integer, Obstacle> obstacles(Run run, RunVersion head, SortedMap<Integer, LedgerRow> rows) {
        var plan = CutoverPlan.fromSettings(run.settings());
        return WaitingReasons.of(new CutoverSnapshot(rows.values(), plan, activeControls(head)), clock.instant());
    }

    /** Cached until the next write of the run, since nothing else changes them. */
    private ActiveControls activeControls(RunVersion head) {
        var cached = activeControls;
        if (cached == null || head.writes() != activeControlsAt) {
            cached = archive.reader().activeControls(runId);
            activeControls = cached;
            activeControlsAt = head.writes();
        }
        return cached;
    }

    /** The rows whose obstacle changed; a new position in a queue does not count. */
    private static Set<Integer> changedObstacles(Map<Integer, Obstacle> before, Map<Integer, Obstacle> after) {
        return after.entrySet().stream()
                .filter(entry -> {
                    var earlier = before.get(entry.getKey());
                    return earlier == null
                            || earlier.kind() != entry.getValue().kind()
                            || !earlier.rows().equals(entry.getValue().rows());
                })
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean hasWrites(RunSnapshot before, RunVersion head) {
        return before.head().writes() != head.writes();
    }

    private SortedMap<Integer, LedgerRow> readAll() {
        var rows = new TreeMap<Integer, LedgerRow>();
        archive.reader().findAll(runId).forEach(row -> rows.put(row.row(), row));
        return Collections.unmodifiableSortedMap(rows);
    }

    /** Progress of copies is written without an event, so rows are also selected by their last change. */
    private SortedMap<Integer, LedgerRow> readChanges(RunSnapshot before, RunVersion head, List<Event> events) {
        var numbers = events.stream().map(Event::row).filter(Objects::nonNull).collect(Collectors.toSet());
        if (!hasWrites(before, head)) {
            return before.rows();
        }
        var rows = new TreeMap<>(before.rows());
        archive.reader().findByNumber(runId, numbers).forEach(row -> rows.put(row.row(), row));
        archive.reader().findChangedAfter(runId, latest(before.rows())).forEach(row -> rows.put(row.row(), row));
        return Collections.unmodifiableSortedMap(rows);
    }

    private static Instant latest(SortedMap<Integer, LedgerRow> rows) {
        return rows.values().stream()
                .map(row -> row.observed().changedAt())
                .filter(Objects::nonNull)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Adds the progress that this process observed since its last write; returns the same map if there is none. */
    private SortedMap<Integer, LedgerRow> withLatestProgress(SortedMap<Integer, LedgerRow> rows) {
        var updated = new TreeMap<Integer, LedgerRow>();
        rows.values().stream()
                .map(archive.progress()::applyTo)
                .filter(row -> row != rows.get(row.row()))
                .forEach(row -> updated.put(row.row(), row));
        if (updated.isEmpty()) {
            return rows;
        }
        rows.forEach(updated::putIfAbsent);
        return Collections.unmodifiableSortedMap(updated);
    }

    private static Set<Integer> changedRows(SortedMap<Integer, LedgerRow> before, SortedMap<Integer, LedgerRow> after) {
        return before == after
                ? Set.of()
                : after.values().stream()
                        .filter(row -> !row.equals(before.get(row.row())))
                        .map(LedgerRow::row)
                        .collect(Collectors.toSet());
    }

    /** Rows enter the ledger without an event of their own, so a changed row gets the number of the latest event. */
    private static Map<Integer, Long> lastEvents(
            RunSnapshot before, List<Event> events, Set<Integer> changed, long event) {
        var marked = mark(before.lastEvents(), changed, event);
        if (events.isEmpty()) {
            return marked;
        }
        var numbers = new HashMap<>(marked);
        events.stream().filter(one -> one.row() != null).forEach(one -> numbers.put(one.row(), one.number()));
        return numbers;
    }

    private static Map<Integer, Long> mark(Map<Integer, Long> before, Set<Integer> rows, long mark) {
        if (rows.isEmpty()) {
            return before;
        }
        var marks = new HashMap<>(before);
        rows.forEach(row -> marks.put(row, mark));
        return marks;
    }

    private static long lastRunEvent(RunSnapshot before, List<Event> events) {
        return events.stream()
                .filter(event -> event.row() == null)
                .mapToLong(Event::number)
                .max()
                .orElse(before.lastRunEvent());
    }

    private List<ApiSample> samples(List<ApiSample> before) {
        var since =
                before.isEmpty() ? Instant.EPOCH : before.get(before.size() - 1).at();
        var more = archive.reader().samplesAfter(runId, since);
        if (more.isEmpty()) {
            return before;
        }
        var all = new ArrayList<>(before);
        all.addAll(more);
        return Collections.unmodifiableList(all);
    }
}
