package dev.smsrunner.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operator controls of a run that are in effect, and known state outside the run.
 *
 * @param pausedAt start of the pause of new starts; null when the run is not paused
 * @param pausedBy operator who paused it; empty when the run is not paused or the ledger does not show it
 * @param released rows with a requested launch that were not retried since
 * @param forcedBy operators of forced launches by row number; the launch overrides dependencies and differing files
 * @param overridden operator and overridden obstacles of these launches, by row number; without an entry when nothing
 *     blocked the launch, or in runs of earlier versions
 * @param acceptedElsewhere servers outside the run whose targets run: the keys of their names, or
 *     {@code id:<source_server_id>} in lower case
 * @param serviceAwaySince start of an outage of the service; null when there is none
 * @param gates agreements about launches
 */
@RecordBuilder
public record ActiveControls(
        @Nullable Instant pausedAt,
        String pausedBy,
        Set<Integer> released,
        Map<Integer, String> forcedBy,
        Map<Integer, String> overridden,
        Set<String> acceptedElsewhere,
        @Nullable Instant serviceAwaySince,
        GateRecords gates) {

    /** No active controls. */
    public static final ActiveControls NONE =
            new ActiveControls(null, "", Set.of(), Map.of(), Map.of(), Set.of(), null, GateRecords.NONE);

    /** Copies the collections. */
    public ActiveControls {
        Objects.requireNonNull(pausedBy);
        released = Set.copyOf(released);
        forcedBy = Map.copyOf(forcedBy);
        overridden = Map.copyOf(overridden);
        acceptedElsewhere = Set.copyOf(acceptedElsewhere);
    }

    /** Rows with a forced launch, which overrides dependencies and differing files. */
    public Set<Integer> forced() {
        return forcedBy.keySet();
    }

    /** Sets the overridden obstacles of a forced launch; null when nothing blocks it. */
    public ActiveControls withOverridden(int row, @Nullable String what) {
        var all = new HashMap<>(overridden);
        all.compute(row, (number, before) -> what);
        return ActiveControlsBuilder.builder(this).overridden(all).build();
    }

    /** Adds servers outside the run whose targets run. */
    public ActiveControls withAcceptedElsewhere(Set<String> more) {
        var all = new HashSet<>(acceptedElsewhere);
        all.addAll(more);
        return ActiveControlsBuilder.builder(this).acceptedElsewhere(all).build();
    }

    /** Clears the outage of the service. */
    public ActiveControls withoutServiceAway() {
        return serviceAwaySince == null
                ? this
                : ActiveControlsBuilder.builder(this).serviceAwaySince(null).build();
    }
}
