package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Looks again, calls it a stall when nothing at all has changed for long, and gives up after longer; pure.
 *
 * @param untouched what is said of the work in the cloud when a row is given up
 */
public record StallPolicy(DecisionPolicy policy, String untouched) {

    /**
     * The decision to look again.
     *
     * @param seen what the look showed
     * @param attention what a person should look at, null when all is as expected
     */
    public Decision look(LedgerRow row, Stage stage, @Nullable String attention, ObservedResource seen, Instant now) {
        var still = still(row, now);
        if (!open(row, seen) && policy.giveUpAfter() != null && still.compareTo(policy.giveUpAfter()) >= 0) {
            return giveUp(attention, still, seen.seen().text());
        }
        if (attention == null && still.compareTo(policy.stalledAfter()) >= 0) {
            return new Decision.Look(
                    stage, AttentionCause.STALLED.text("no change for " + words(policy.stalledAfter()) + " or more"));
        }
        return new Decision.Look(stage, attention);
    }

    /**
     * How long nothing has changed: neither by itself nor by a call of ours. A server may wait for its turn or for the window
     * much longer than the deadline, and the first look after its start or launch may still show the state before it.
     */
    private static Duration still(LedgerRow row, Instant now) {
        var changed = row.seen().changedAt();
        if (changed == null) {
            return Duration.ZERO;
        }
        boolean sentSince = row.call() != null
                && row.call().state().executed()
                && row.call().at().isAfter(changed);
        return Duration.between(sentSince ? row.call().at() : changed, now);
    }

    /** A call whose answer was lost is not given up before it can be told what became of it. */
    private boolean open(LedgerRow row, ObservedResource seen) {
        return row.call() != null
                && row.call().state().undecided()
                && seen.lookedAt().isBefore(row.call().at().plus(policy.grace()));
    }

    private Decision giveUp(@Nullable String attention, Duration still, String seen) {
        var text = "given up after %s without any change (%s)%s; %s"
                .formatted(words(still), seen, attention == null ? "" : ": " + attention, untouched);
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(null, text, "WAIT", "Look at the server in the console; rerun when it can go on.", null));
    }

    private static String words(Duration time) {
        return time.toMinutes() >= 1 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }
}
