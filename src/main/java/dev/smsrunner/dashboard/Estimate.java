package dev.smsrunner.dashboard;

import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.EndEstimate;
import dev.smsrunner.report.ReportFormats;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Estimated end of all rows, extrapolated from the rows that have ended since the first start.
 *
 * @param endsAt null without an estimate
 * @param basis the numbers behind the estimate, or the reason for none
 */
record Estimate(@Nullable Instant endsAt, String basis) {

    private static final Duration MIN_ELAPSED = Duration.ofSeconds(10);

    /** Estimates the end of the given rows. */
    static Estimate of(RunSnapshot snapshot, Collection<LedgerRow> rows) {
        long open = rows.stream().filter(LedgerRow::isOpen).count();
        if (open == 0) {
            return new Estimate(null, rows.isEmpty() ? "the ledger has no rows yet" : "every row has ended");
        }
        boolean allWait = rows.stream()
                .filter(LedgerRow::isOpen)
                .map(LedgerRow::stage)
                .allMatch(EndEstimate.waitingStages()::contains);
        var obstacle = obstacle(snapshot);
        if (obstacle == null && allWait) {
            obstacle = "every open server waits for a free place";
        }
        return obstacle == null ? byThroughput(snapshot.at(), rows, open) : new Estimate(null, obstacle);
    }

    private static @Nullable String obstacle(RunSnapshot snapshot) {
        if (!snapshot.isActive()) {
            return "no process is working on the run";
        }
        if (snapshot.head().pausedAt() != null) {
            return "new starts are paused";
        }
        return CutoverWindows.fromSettings(snapshot.run().settings())
                .currentAt(snapshot.at())
                .filter(window -> snapshot.at().isBefore(window.open()))
                .map(window -> "launches wait for the cutover window, which opens at " + window.open())
                .orElse(null);
    }

    private static Estimate byThroughput(Instant now, Collection<LedgerRow> rows, long open) {
        var since = rows.stream()
                .map(row -> row.milestones().startedAt())
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(now);
        long ended = rows.stream()
                .filter(row -> !row.isOpen() && row.milestones().startedAt() != null)
                .count();
        var elapsed = Duration.between(since, now);
        return EndEstimate.remaining(elapsed, MIN_ELAPSED, ended, open)
                .map(left -> new Estimate(
                        now.plus(left), "%d ended in %s".formatted(ended, ReportFormats.spacedSpan(elapsed))))
                .orElseGet(() -> new Estimate(null, "too few servers have ended for an estimate"));
    }
}
