package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cause of a stalled or slow copy: pure. The texts stay the same while the cause lasts, since each change of an attention is
 * an event of the ledger.
 */
final class StallCause {

    private static final double BITS_OF_A_MEGABIT_BY_BYTE = 8 / 1_000_000.0;

    private StallCause() {}

    /**
     * Sets the cause of a stall as the attention of the decision. An attention with another cause stays.
     *
     * @param shown formats a time for the operator
     */
    static Decision explain(
            Decision decision,
            Observation observed,
            CopyRate rate,
            StallPolicy stallPolicy,
            Instant now,
            Function<Instant, String> shown) {
        if (!(decision instanceof Decision.Wait wait) || !isReplaceable(wait.attention())) {
            return decision;
        }
        return text(observed.states().connected(), rate, stallPolicy, now, shown)
                .<Decision>map(text -> new Decision.Wait(wait.stage(), text))
                .orElse(decision);
    }

    /** Whether there is no attention, or only a stall. */
    private static boolean isReplaceable(@Nullable String attention) {
        return attention == null
                || AttentionCause.of(attention)
                        .filter(AttentionCause.STALLED::equals)
                        .isPresent();
    }

    private static Optional<String> text(
            @Nullable Boolean connected,
            CopyRate rate,
            StallPolicy stallPolicy,
            Instant now,
            Function<Instant, String> shown) {
        if (rate.full() != null) {
            return stallPolicy.isStalled(rate.full(), now)
                    ? Optional.of(
                            AttentionCause.NOT_IN_SYNC.text("all bytes are copied since " + shown.apply(rate.full())))
                    : Optional.empty();
        }
        if (rate.still() != null && stallPolicy.isStalled(rate.still(), now)) {
            var though = Boolean.TRUE.equals(connected) ? " though the agent is connected" : "";
            return Optional.of(
                    AttentionCause.STALLED.text("no byte is copied since " + shown.apply(rate.still()) + though));
        }
        return Optional.ofNullable(rate.slow()).map(slow -> AttentionCause.SLOW.text(figures(slow, shown)));
    }

    private static String figures(CopyRate.SlowCopy slow, Function<Instant, String> shown) {
        return String.format(
                Locale.ROOT,
                "since %s, %.1f Mbit/s when it was noticed, its median rate is %.1f Mbit/s",
                shown.apply(slow.since()),
                slow.rate() * BITS_OF_A_MEGABIT_BY_BYTE,
                slow.median() * BITS_OF_A_MEGABIT_BY_BYTE);
    }
}
