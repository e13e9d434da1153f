package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a row is stalled, because nothing has changed for long, and when it is given up, after a longer time; pure.
 *
 * @param note text about the work in the cloud for a row that is given up
 */
public record StallPolicy(DecisionPolicy policy, String note) {

    /** Policy for the rows of a migration. */
    public static StallPolicy ofMigration(DecisionPolicy policy) {
        return new StallPolicy(policy, "the migration itself was not touched");
    }

    /** Whether something that has not changed since the given time is stalled. */
    public boolean isStalled(Instant unchangedSince, Instant now) {
        return isStalled(Duration.between(unchangedSince, now));
    }

    private boolean isStalled(Duration unchanged) {
        return unchanged.compareTo(policy.stalledAfter()) >= 0;
    }

    /** Decision to wait in the stage of the row, or to give up. */
    public Decision waitOrGiveUp(LedgerRow row, ObservedResource observed, @Nullable String attention, Instant now) {
        return waitOrGiveUp(row, row.stage(), attention, observed, now);
    }

    /**
     * Decision to wait or to give up.
     *
     * @param observed latest observation
     * @param attention cause for an operator's attention, null when all is as expected
     */
    public Decision waitOrGiveUp(
            LedgerRow row, Stage stage, @Nullable String attention, ObservedResource observed, Instant now) {
        var unchanged = unchangedFor(row, now);
        if (!isCallUnresolved(row, observed)
                && policy.giveUpAfter() != null
                && unchanged.compareTo(policy.giveUpAfter()) >= 0) {
            return giveUp(attention, unchanged, observed.states().text());
        }
        if (attention == null && isStalled(unchanged)) {
            return new Decision.Wait(
                    stage, AttentionCause.STALLED.text("no change for " + format(policy.stalledAfter()) + " or more"));
        }
        return new Decision.Wait(stage, attention);
    }

    /**
     * Time without any change, by itself or by a call of the run. A server may wait for its turn or for the window much
     * longer than the deadline, and the first observation after its start or launch may still show the earlier state.
     */
    private static Duration unchangedFor(LedgerRow row, Instant now) {
        var changed = row.observed().changedAt();
        if (changed == null) {
            return Duration.ZERO;
        }
        var call = row.call();
        return call != null && call.state().isExecuted() && call.at().isAfter(changed)
                ? Duration.between(call.at(), now)
                : Duration.between(changed, now);
    }

    /** A row with a lost answer is not given up before an observation can resolve the call. */
    private boolean isCallUnresolved(LedgerRow row, ObservedResource observed) {
        return row.call() != null && row.hasUndecidedCall() && !policy.isGraceOver(row.call(), observed);
    }

    private Decision giveUp(@Nullable String attention, Duration unchanged, String observed) {
        var text = "given up after %s without any change (%s)%s; %s"
                .formatted(format(unchanged), observed, attention == null ? "" : ": " + attention, note);
        return Decision.Finish.failed(
                Failure.of(text, "WAIT", "Check the server in the console; rerun when it can continue."));
    }

    private static String format(Duration time) {
        return time.toMinutes() >= 1 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
