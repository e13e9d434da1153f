package dev.smsrunner.cutover;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        return order(row, run).or(() -> window(run.plan(), now)).or(() -> limit(row, run, launches, now));
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

    private static Optional<Obstacle> window(CutoverPlan plan, Instant now) {
        var window = plan.window();
        if (window == null || window.isOpenAt(now)) {
            return Optional.empty();
        }
        return Optional.of(
                window.isOverAt(now)
                        ? Obstacle.of(
                                Obstacle.Kind.WINDOW, "is over: last call was at " + plan.format(window.lastCall()))
                        : Obstacle.of(
                                        Obstacle.Kind.WINDOW,
                                        "opens %s (in %s)"
                                                .formatted(
                                                        plan.format(window.open()),
                                                        CountFormats.of(Duration.between(now, window.open()))))
                                .until(window.open()));
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
                launches = launches.plusOne(now);
            }
        }
        return selected;
    }
}
