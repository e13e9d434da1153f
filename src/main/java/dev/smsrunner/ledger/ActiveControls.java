package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people asked of a run and still holds, and what was seen of what is outside it.
 *
 * @param pausedAt since when nothing new is begun; null when the run is not paused
 * @param pausedBy who asked for that; empty when the run is not paused or the ledger does not tell
 * @param released rows whose launch a person asked for, and which were not tried again since
 * @param forcedBy who wants which of them to be launched even though what they depend on is not there, or their files differ,
 *     by row number
 * @param overridden who forced which of these and what spoke against it, for people, by row number; a row is not in it when
 *     nothing spoke against its launch, or when an earlier version was asked
 * @param acceptedElsewhere servers outside the run whose targets run: the keys of their names, or {@code id:<source_server_id>}
 *     in lower case
 * @param serviceAwaySince since when the process that works on the run cannot look at the service; null when it can
 */
public record ActiveControls(
        @Nullable Instant pausedAt,
        String pausedBy,
        Set<Integer> released,
        Map<Integer, String> forcedBy,
        Map<Integer, String> overridden,
        Set<String> acceptedElsewhere,
        @Nullable Instant serviceAwaySince) {

    /** Nobody asked for anything. */
    public static final ActiveControls NONE =
            new ActiveControls(null, "", Set.of(), Map.of(), Map.of(), Set.of(), null);

    /** Takes copies. */
    public ActiveControls {
        Objects.requireNonNull(pausedBy);
        released = Set.copyOf(released);
        forcedBy = Map.copyOf(forcedBy);
        overridden = Map.copyOf(overridden);
        acceptedElsewhere = Set.copyOf(acceptedElsewhere);
    }

    /** The rows that are launched even though what they depend on is not there, or their files differ. */
    public Set<Integer> forced() {
        return forcedBy.keySet();
    }

    /** The same with what a forced launch of the row overrides; null when it overrides nothing. */
    public ActiveControls withOverridden(int row, @Nullable String what) {
        var all = new HashMap<>(overridden);
        all.compute(row, (number, before) -> what);
        return new ActiveControls(pausedAt, pausedBy, released, forcedBy, all, acceptedElsewhere, serviceAwaySince);
    }

    /** The same with more servers outside the run whose targets run. */
    public ActiveControls withAcceptedElsewhere(Set<String> more) {
        var all = new HashSet<>(acceptedElsewhere);
        all.addAll(more);
        return new ActiveControls(pausedAt, pausedBy, released, forcedBy, overridden, all, serviceAwaySince);
    }

    /** The same while the service is away since that time. */
    public ActiveControls withServiceAway(Instant since) {
        return new ActiveControls(pausedAt, pausedBy, released, forcedBy, overridden, acceptedElsewhere, since);
    }

    /** The same without an outage of the service. */
    public ActiveControls withoutServiceAway() {
        return serviceAwaySince == null
                ? this
                : new ActiveControls(pausedAt, pausedBy, released, forcedBy, overridden, acceptedElsewhere, null);
    }
}
