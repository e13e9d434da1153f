package dev.smsrunner.cli;

import dev.smsrunner.jobfile.NotifySettings.Occasion;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.notification.Notification;
import dev.smsrunner.notification.Notifier;
import dev.smsrunner.report.Summary;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.run.RunListener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Passes on what a run tells, and has people told who do not look: when more rows need them, and at the end. */
final class NotifyingRunListener implements RunListener {

    /** Trouble seldom comes alone: what follows within this time is told in one message. */
    private static final Duration QUIET = Duration.ofMinutes(10);

    private final RunListener next;
    private final Notifier notifier;
    private final Clock clock;
    private final String options;
    private @Nullable Run run;
    private @Nullable Instant toldAt;
    private int told;

    /**
     * @param options to repeat in the commands that are suggested, with a blank before them; may be empty
     */
    NotifyingRunListener(RunListener next, Notifier notifier, Clock clock, String options) {
        this.next = next;
        this.notifier = notifier;
        this.clock = clock;
        this.options = options;
    }

    @Override
    public synchronized void runStarted(Run begun, boolean resumed) {
        run = begun;
        next.runStarted(begun, resumed);
    }

    @Override
    public void stageStarted(String name) {
        next.stageStarted(name);
    }

    @Override
    public void runMessage(String text) {
        next.runMessage(text);
    }

    @Override
    public void rowMessage(LedgerRow row, String text) {
        next.rowMessage(row, text);
    }

    @Override
    public void rowsObserved(Collection<LedgerRow> rows) {
        next.rowsObserved(rows);
    }

    @Override
    public void progress(StageCounts tally, ApiStats api) {
        next.progress(tally, api);
        watch(tally.total());
    }

    private synchronized void watch(StageCounts.Wave now) {
        int needed = now.attention() + now.failedRows();
        boolean quiet =
                toldAt != null && Duration.between(toldAt, clock.instant()).compareTo(QUIET) < 0;
        if (run != null && needed > told && !quiet && notifier.isEnabledFor(Occasion.ATTENTION)) {
            told = needed;
            toldAt = clock.instant();
            notifier.send(attention(run, now));
        }
    }

    private Notification attention(Run of, StageCounts.Wave now) {
        return new Notification(
                Occasion.ATTENTION,
                of.runId(),
                of.job(),
                of.jobFile().toString(),
                "%d to look at, %d failed".formatted(now.attention(), now.failedRows()),
                now.rows(),
                now.openRows(),
                now.failedRows(),
                now.attention(),
                counts(now.outcomes()),
                of.reportDirectory().resolve(of.runId()).toString(),
                "See: sms-runner status %s%s".formatted(of.runId(), options));
    }

    /** The run ended, in whatever way. */
    void ended(Summary summary, int attention) {
        var of = run;
        if (of != null) {
            notifier.send(new Notification(
                    Occasion.ENDED,
                    of.runId(),
                    of.job(),
                    of.jobFile().toString(),
                    summary.state(),
                    summary.rows(),
                    summary.count(Outcome.WAITING),
                    summary.count(Outcome.FAILED)
                            + summary.count(Outcome.REJECTED)
                            + summary.count(Outcome.NOT_LAUNCHED),
                    attention,
                    counts(summary.outcome()),
                    summary.reportDirectory().toString(),
                    next(summary)));
        }
    }

    private String next(Summary summary) {
        if (!summary.state().equals("FINISHED")) {
            return "Go on: sms-runner resume %s%s".formatted(summary.runId(), options);
        }
        return summary.rowsToRerun() == 0 ? "" : "Repeat: sms-runner rerun %s%s".formatted(summary.runId(), options);
    }

    private static Map<String, Integer> counts(Map<Outcome, Integer> outcomes) {
        return Stream.of(Outcome.values())
                .filter(outcome -> outcomes.getOrDefault(outcome, 0) > 0)
                .collect(Collectors.toMap(Outcome::name, outcomes::get, Integer::sum, LinkedHashMap::new));
    }
}
