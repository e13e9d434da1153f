package dev.smsrunner.dashboard;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When rows will all be closed, if they go on being closed as fast as since the first of them was started.
 *
 * @param endsAt null when too little is known
 * @param basis from what it was worked out, or why it was not
 */
record Estimate(@Nullable Instant endsAt, String basis) {

    private static final Set<Stage> WAITING = EnumSet.of(Stage.TASK_READY, Stage.SYNCING);
    private static final int TOO_FEW = 3;
    private static final Duration TOO_SHORT = Duration.ofSeconds(10);

    /** For some rows of the run. */
    static Estimate of(RunSnapshot picture, Collection<LedgerRow> rows) {
        long open = rows.stream().filter(LedgerRow::open).count();
        if (open == 0) {
            return new Estimate(null, rows.isEmpty() ? "no row is in the ledger yet" : "every row is closed");
        }
        boolean allWait =
                rows.stream().filter(LedgerRow::open).map(LedgerRow::stage).allMatch(WAITING::contains);
        var hindrance = hindrance(picture);
        if (hindrance == null && allWait) {
            hindrance = "every open server waits for its turn";
        }
        return hindrance == null ? byThroughput(picture.at(), rows, open) : new Estimate(null, hindrance);
    }

    private static @Nullable String hindrance(RunSnapshot picture) {
        if (!picture.held()) {
            return "nobody works on the run";
        }
        if (picture.head().pausedAt() != null) {
            return "new starts are paused";
        }
        return CutoverSettings.Window.recorded(picture.run().settings())
                .filter(window -> picture.at().isBefore(window.open()))
                .map(window -> "launches wait for the window, which opens at " + window.open())
                .orElse(null);
    }

    private static Estimate byThroughput(Instant now, Collection<LedgerRow> rows, long open) {
        var since = rows.stream()
                .map(row -> row.milestones().startedAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(now);
        long closed = rows.stream()
                .filter(row -> !row.open() && row.milestones().startedAt() != null)
                .count();
        var passed = Duration.between(since, now);
        if (closed < TOO_FEW || passed.compareTo(TOO_SHORT) < 0) {
            return new Estimate(null, "too few servers have finished to tell");
        }
        var left = passed.multipliedBy(open).dividedBy(closed);
        double perHour = closed * 3600.0 / passed.toSeconds();
        return new Estimate(
                now.plus(left),
                String.format(Locale.ROOT, "%d servers finished since %s, %.1f an hour", closed, since, perHour));
    }
}
