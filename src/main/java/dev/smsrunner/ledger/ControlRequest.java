package dev.smsrunner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Request to a run that is about to be submitted.
 *
 * @param row number of the row, null when it concerns the run or a wave
 * @param actor operator who requests it
 * @param gate gate that is approved or denied; null for other actions
 * @param wave wave whose rows an approval or a denial covers; null when it covers one row or the whole gate
 * @param comment comment of the operator; null when there is none
 */
public record ControlRequest(
        ControlAction action,
        @Nullable Integer row,
        Actor actor,
        @Nullable String gate,
        @Nullable String wave,
        @Nullable String comment) {

    /** Request without a gate. */
    public static ControlRequest of(ControlAction action, @Nullable Integer row, Actor actor) {
        return new ControlRequest(action, row, actor, null, null, null);
    }
}
