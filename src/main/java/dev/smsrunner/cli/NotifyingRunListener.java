package dev.smsrunner.cli;

import dev.smsrunner.jobfile.NotifySettings.Occasion;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.notification.Notification;
import dev.smsrunner.notification.Notifier;
import dev.smsrunner.report.Summary;
import dev.smsrunner.run.ApiStats;
import dev.smsrunner.run.RunListener;
import dev.smsrunner.support.SuggestedCommands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Run listener that sends notifications: when more rows need attention, and at the end of the run. */
final class NotifyingRunListener implements RunListener {

    /** Minimum time between two notifications; later problems are combined in one notification. */
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(10);

    private final RunListener next;
    private final Notifier notifier;
    private final Clock clock;
    private final SuggestedCommands suggested;
    private @Nullable Run run;
    private @Nullable Instant notifiedAt;
    private int notifiedRows;

    NotifyingRunListener(RunListener next, Notifier notifier, Clock clock, SuggestedCommands suggested) {
        this.next = next;
        this.notifier = notifier;
        this.clock = clock;
        this.suggested = suggested;
    }

    @Override
    public void standbyWaits(String text) {
        next.standbyWaits(text);
    }

    @Override
    public synchronized void runStarted(Run started, boolean resumed) {
        run = started;
        next.runStarted(started, resumed);
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
    public void gateDecided(GateDecision decision) {
        next.gateDecided(decision);
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
    public void progress(StageCounts counts, ApiStats api) {
        next.progress(counts, api);
        notifyIfNeeded(counts.total());
    }

    private synchronized void notifyIfNeeded(StageCounts.Wave total) {
        int rows = total.attention() + total.failedRows();
        boolean tooEarly = notifiedAt != null
                && Duration.between(notifiedAt, clock.instant()).compareTo(MIN_INTERVAL) < 0;
        if (run != null && rows > notifiedRows && !tooEarly && notifier.isEnabledFor(Occasion.ATTENTION)) {
            notifiedRows = rows;
            notifiedAt = clock.instant();
            notifier.send(attention(run, total));
        }
    }

    private Notification attention(Run about, StageCounts.Wave total) {
        return new Notification(
                Occasion.ATTENTION,
                about.runId(),
                about.job(),
                about.jobFile().toString(),
                "%s attention, %d failed"
                        .formatted(
                                total.attention() == 1 ? "1 needs" : total.attention() + " need", total.failedRows()),
                total.rows(),
                total.openRows(),
                total.failedRows(),
                total.attention(),
                counts(total.outcomes()),
                about.reportDirectory().resolve(about.runId()).toString(),
                "See: " + suggested.of("status " + about.runId()));
    }

    /** Sends the notification about the end of the run. */
    void runEnded(Summary summary, int attention) {
        var about = run;
        if (about != null) {
            notifier.send(new Notification(
                    Occasion.ENDED,
                    about.runId(),
                    about.job(),
                    about.jobFile().toString(),
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
            return "Resume: " + suggested.of("resume " + summary.runId());
        }
        return summary.rowsToRerun() == 0 ? "" : "Repeat: " + suggested.of("rerun " + summary.runId());
    }

    private static Map<String, Integer> counts(Map<Outcome, Integer> outcomes) {
        return Stream.of(Outcome.values())
                .filter(outcome -> outcomes.getOrDefault(outcome, 0) > 0)
                .collect(Collectors.toMap(Outcome::name, outcomes::get, Integer::sum, LinkedHashMap::new));
    }
}
