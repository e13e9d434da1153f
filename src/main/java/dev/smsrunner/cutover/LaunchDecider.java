package dev.smsrunner.cutover;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the target of a row in sync may be launched now; pure. The reconcile loop, the status, the page and the reports
 * use the same decision.
 */
public final class LaunchDecider {

    /** A time nearer than this is displayed with seconds. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private LaunchDecider() {}

    /**
     * First obstacle to the launch; empty if the target may be launched.
     *
     * @param row a row in sync
     * @param run the run of the row
     */
    public static Optional<Obstacle> of(LedgerRow row, CutoverSnapshot run, Instant now) {
        return of(row, run, run.launches(), now);
    }

    static Optional<Obstacle> of(LedgerRow row, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        return order(row, run)
                .or(() -> window(row, run, launches, now))
                .or(() -> pause(run))
                .or(() -> new LaunchGates(run, now).findBeforeLaunch(row))
                .or(() -> limit(row, run, launches, now));
    }

    /** Obstacles that hold even a forced launch: a pause, the limit of concurrent launches, and the pace. */
    public static Optional<Obstacle> limit(LedgerRow row, CutoverSnapshot run, Instant now) {
        return limit(row, run, run.launches(), now);
    }

    private static Optional<Obstacle> limit(LedgerRow row, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        return pause(run).or(() -> launches(row, run.plan(), launches)).or(() -> pace(run.plan(), launches, now));
    }

    /** Obstacle of the order: dependencies and earlier waves. Empty for a row whose launch an operator has forced. */
    public static Optional<Obstacle> order(LedgerRow row, CutoverSnapshot run) {
        return run.controls().forced().contains(row.row())
                ? Optional.empty()
                : new Dependencies(run).findUnmet(row).or(() -> after(row, run));
    }

    /**
     * Obstacle of the order as a clause in the past tense, even for a forced launch: {@code its dependency hr-db-01 had FAILED},
     * {@code 4 rows of wave-1 were open}. Empty without an obstacle.
     */
    public static Optional<String> describeHold(LedgerRow row, CutoverSnapshot run) {
        return new Dependencies(run)
                .describeHold(row)
                .or(() -> waveBefore(row, run).map(wave -> describeOpen(run.openRows(wave), wave)));
    }

    /** Windows of the row that had no room, as a clause in the past tense: {@code window fri had 40 of 40 launches}. */
    public static Optional<String> describeCapacity(LedgerRow row, CutoverSnapshot run) {
        var full = run.plan().windowsOf(row).windows().stream()
                .filter(window -> window.capacity() != null && run.launches().in(window.name()) >= window.capacity())
                .map(window -> "window %s had %d of %d launches"
                        .formatted(window.name(), run.launches().in(window.name()), window.capacity()))
                .collect(Collectors.joining(", "));
        return full.isEmpty() || !MissedWindows.wasInSync(row, run.plan().windows())
                ? Optional.empty()
                : Optional.of(full);
    }

    /** Closed gate of the launch as a clause, such as {@code gate go-wave-2 denied by ana …}; empty when there is none. */
    public static Optional<String> describeGate(LedgerRow row, CutoverSnapshot run, Instant now) {
        return new LaunchGates(run, now).describeHold(row);
    }

    private static String describeOpen(List<LedgerRow> open, String wave) {
        return "%s of %s %s open".formatted(Plural.of(open.size(), "row"), wave, open.size() == 1 ? "was" : "were");
    }

    private static Optional<Obstacle> after(LedgerRow row, CutoverSnapshot run) {
        return waveBefore(row, run)
                .map(wave -> new Obstacle(
                        Obstacle.Kind.AFTER,
                        "%s, %s open"
                                .formatted(wave, Plural.of(run.openRows(wave).size(), "row")),
                        null,
                        null,
                        run.openRowNumbers(wave)));
    }

    /** First open wave that launches of the row wait for. */
    private static Optional<String> waveBefore(LedgerRow row, CutoverSnapshot run) {
        return run.plan().after(row.wave()).stream()
                .filter(wave -> !run.openRows(wave).isEmpty())
                .findFirst();
    }

    /** Obstacle of time: the windows of the row, their capacity, and its earliest time. It holds even a forced launch. */
    public static Optional<Obstacle> window(LedgerRow row, CutoverSnapshot run, Instant now) {
        return window(row, run, run.launches(), now);
    }

    private static Optional<Obstacle> window(LedgerRow row, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        var windows = run.plan().windowsOf(row);
        var open = windows.openAt(now);
        if (windows.isEarly(now)) {
            var at = Objects.requireNonNull(windows.notBefore());
            return Optional.of(
                    Obstacle.of(Obstacle.Kind.WINDOW, "not before " + run.plan().format(at))
                            .until(at));
        }
        if (open.isPresent()) {
            return capacity(row, open.get(), run, launches, now);
        }
        return windows.limited() ? Optional.of(closed(windows, now)) : Optional.empty();
    }

    private static Obstacle closed(RowWindows windows, Instant now) {
        return windows.nextAfter(now)
                .map(next -> Obstacle.of(
                                Obstacle.Kind.WINDOW,
                                "%sopens %s (in %s)"
                                        .formatted(
                                                next.prefix(),
                                                CutoverPlan.format(next.open(), next),
                                                CountFormats.of(Duration.between(now, next.open()))))
                        .until(next.open()))
                .or(() -> windows.last()
                        .map(last -> Obstacle.of(
                                Obstacle.Kind.WINDOW,
                                "%sis over: last call was at %s"
                                        .formatted(last.prefix(), CutoverPlan.format(last.lastCall(), last)))))
                .orElseGet(() -> Obstacle.of(Obstacle.Kind.WINDOW, "the job file has no window for it"));
    }

    /** Capacity of the window. An own launch that had no effect does not count against its repetition. */
    private static Optional<Obstacle> capacity(
            LedgerRow row, CutoverSettings.Window window, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        var own = run.windowOfLaunch(row).filter(window::equals);
        int others = launches.in(window.name()) - (own.isPresent() ? 1 : 0);
        if (window.capacity() == null || others < window.capacity()) {
            return Optional.empty();
        }
        var next = run.plan().windowsOf(row).nextAfter(now);
        var text = "%s %d of %d, %s"
                .formatted(
                        window.name(),
                        others,
                        window.capacity(),
                        next.map(later -> "next " + later.name()).orElse("no later window"));
        return Optional.of(Obstacle.of(Obstacle.Kind.CAPACITY, text)
                .until(next.map(CutoverSettings.Window::open).orElse(null)));
    }

    static Optional<Obstacle> pause(CutoverSnapshot run) {
        var since = run.controls().pausedAt();
        return since == null
                ? Optional.empty()
                : Optional.of(Obstacle.of(
                                Obstacle.Kind.PAUSED,
                                "by %s %s"
                                        .formatted(
                                                run.controls().pausedBy(),
                                                run.plan().format(since)))
                        .since(since));
    }

    /** Limit of concurrent launches. A launch that had no effect still counts, but not against its own repetition. */
    private static Optional<Obstacle> launches(LedgerRow row, CutoverPlan plan, LaunchActivity launches) {
        int others = launches.inProgress() - (CutoverSnapshot.isLaunching(row) ? 1 : 0);
        return plan.launches() == null || others < plan.launches()
                ? Optional.empty()
                : Optional.of(Obstacle.of(Obstacle.Kind.LAUNCHES, "%d of %d".formatted(others, plan.launches())));
    }

    private static Optional<Obstacle> pace(CutoverPlan plan, LaunchActivity launches, Instant now) {
        var next = next(plan, launches);
        if (next == null || !now.isBefore(next)) {
            return Optional.empty();
        }
        boolean soon = Duration.between(now, next).compareTo(SOON) < 0;
        var at = soon ? plan.formatToTheSecond(next) : plan.format(next);
        return Optional.of(
                Obstacle.of(Obstacle.Kind.PACE, "next launch at " + at).until(next));
    }

    private static @Nullable Instant next(CutoverPlan plan, LaunchActivity launches) {
        return launches.latest() == null || plan.pace().isZero()
                ? null
                : launches.latest().plus(plan.pace());
    }

    /** Selects the rows to launch now, in the order of the queue. Each selected row counts as a launch. */
    public static List<LedgerRow> next(List<LedgerRow> inSync, CutoverSnapshot run, Instant now) {
        var launches = run.launches();
        var selected = new ArrayList<LedgerRow>();
        for (var row : inSync.stream().sorted(StartQueue.TURN).toList()) {
            if (of(row, run, launches, now).isEmpty()) {
                selected.add(row);
                var window = run.plan().windowsOf(row).openAt(now);
                launches = launches.plusOne(
                        now, window.map(CutoverSettings.Window::name).orElse(null));
            }
        }
        return selected;
    }
}
