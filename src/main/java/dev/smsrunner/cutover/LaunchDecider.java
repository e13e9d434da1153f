package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether the target of a row that is in sync may be launched now; pure. The loop that launches, the status, the page and the
 * reports all read this one answer.
 */
public final class LaunchDecider {

    /** A time that is nearer is shown with its seconds. */
    private static final Duration SOON = Duration.ofMinutes(2);

    private LaunchDecider() {}

    /**
     * The first obstacle to the launch; empty means go.
     *
     * @param row a row in sync
     * @param run the run that it belongs to
     */
    public static Optional<Obstacle> of(LedgerRow row, CutoverSnapshot run, Instant now) {
        return of(row, run, run.launches(), now);
    }

    static Optional<Obstacle> of(LedgerRow row, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        return order(row, run).or(() -> window(run.plan(), now)).or(() -> limit(row, run, launches, now));
    }

    /** What holds also a launch that a person has forced: a pause, and how many launches may go on and how soon. */
    public static Optional<Obstacle> limit(LedgerRow row, CutoverSnapshot run, Instant now) {
        return limit(row, run, run.launches(), now);
    }

    private static Optional<Obstacle> limit(LedgerRow row, CutoverSnapshot run, LaunchActivity launches, Instant now) {
        return paused(run).or(() -> launches(row, run.plan(), launches)).or(() -> pace(run.plan(), launches, now));
    }

    /** What the order says: dependencies, and waves that come before; nothing for a row whose launch a person has forced. */
    public static Optional<Obstacle> order(LedgerRow row, CutoverSnapshot run) {
        return run.steering().forced().contains(row.row())
                ? Optional.empty()
                : new Dependencies(run).unmet(row).or(() -> after(row, run));
    }

    /**
     * What the order said against a launch of the row, whether or not a person has forced it, as a clause about the past:
     * {@code its dependency hr-db-01 had FAILED}, {@code 4 rows of wave-1 were open}; empty when nothing.
     */
    public static Optional<String> heldBy(LedgerRow row, CutoverSnapshot run) {
        return new Dependencies(run).heldBy(row).or(() -> waveBefore(row, run).map(wave -> were(run.open(wave), wave)));
    }

    private static String were(List<LedgerRow> open, String wave) {
        return "%s of %s %s open"
                .formatted(CountFormats.of(open.size(), "row"), wave, open.size() == 1 ? "was" : "were");
    }

    private static Optional<Obstacle> after(LedgerRow row, CutoverSnapshot run) {
        return waveBefore(row, run)
                .map(wave -> new Obstacle(
                        Obstacle.Kind.AFTER,
                        "%s, %s open"
                                .formatted(wave, CountFormats.of(run.open(wave).size(), "row")),
                        null,
                        null,
                        run.openNumbers(wave)));
    }

    /** The first wave that launches of the row wait for and that has not ended. */
    private static Optional<String> waveBefore(LedgerRow row, CutoverSnapshot run) {
        return run.plan().after(row.wave()).stream()
                .filter(wave -> !run.open(wave).isEmpty())
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
                                Obstacle.Kind.WINDOW, "is over: last call was at " + plan.shown(window.lastCall()))
                        : Obstacle.of(
                                        Obstacle.Kind.WINDOW,
                                        "opens %s (in %s)"
                                                .formatted(
                                                        plan.shown(window.open()),
                                                        CountFormats.of(Duration.between(now, window.open()))))
                                .until(window.open()));
    }

    static Optional<Obstacle> paused(CutoverSnapshot run) {
        var since = run.steering().pausedAt();
        return since == null
                ? Optional.empty()
                : Optional.of(Obstacle.of(
                                Obstacle.Kind.PAUSED,
                                "by %s %s"
                                        .formatted(
                                                run.steering().pausedBy(),
                                                run.plan().shown(since)))
                        .since(since));
    }

    /** A launch that had no effect counts as launching; it does not stand in its own way when it is sent again. */
    private static Optional<Obstacle> launches(LedgerRow row, CutoverPlan plan, LaunchActivity launches) {
        int others = launches.now() - (CutoverSnapshot.isLaunching(row) ? 1 : 0);
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
        var at = soon ? plan.shownToTheSecond(next) : plan.shown(next);
        return Optional.of(
                Obstacle.of(Obstacle.Kind.PACE, "next launch at " + at).until(next));
    }

    private static @Nullable Instant next(CutoverPlan plan, LaunchActivity launches) {
        return launches.latest() == null || plan.pace().isZero()
                ? null
                : launches.latest().plus(plan.pace());
    }

    /** The rows of these that are launched now, in their turn; each takes its place among the launches. */
    public static List<LedgerRow> next(List<LedgerRow> inSync, CutoverSnapshot run, Instant now) {
        var launches = run.launches();
        var chosen = new ArrayList<LedgerRow>();
        for (var row : inSync.stream().sorted(StartQueue.TURN).toList()) {
            if (of(row, run, launches, now).isEmpty()) {
                chosen.add(row);
                launches = launches.plusOne(now);
            }
        }
        return chosen;
    }
}
