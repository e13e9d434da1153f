package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people asked of a run and still holds, and what was seen of what is outside it.
 *
 * @param pausedAt since when nothing new is begun; null when the run is not paused
 * @param pausedBy who asked for that; empty when the run is not paused or the ledger does not tell
 * @param released rows whose launch a person asked for, and which were not tried again since
 * @param forced those of them that are launched even though what they depend on is not there, or their files differ
 * @param acceptedElsewhere servers outside the run whose targets run: the keys of their names, or {@code id:<source_server_id>}
 *     in lower case
 * @param serviceAwaySince since when the process that works on the run cannot look at the service; null when it can
 */
public record Steering(
        @Nullable Instant pausedAt,
        String pausedBy,
        Set<Integer> released,
        Set<Integer> forced,
        Set<String> acceptedElsewhere,
        @Nullable Instant serviceAwaySince) {

    /** Nobody asked for anything. */
    public static final Steering NONE = new Steering(null, "", Set.of(), Set.of(), Set.of(), null);

    /** Takes copies. */
    public Steering {
        Objects.requireNonNull(pausedBy);
        released = Set.copyOf(released);
        forced = Set.copyOf(forced);
        acceptedElsewhere = Set.copyOf(acceptedElsewhere);
    }

    /** The same with more servers outside the run whose targets run. */
    public Steering withAcceptedElsewhere(Set<String> more) {
        var all = new HashSet<>(acceptedElsewhere);
        all.addAll(more);
        return new Steering(pausedAt, pausedBy, released, forced, all, serviceAwaySince);
    }

    /** The same while the service is away since that time. */
    public Steering withServiceAway(Instant since) {
        return new Steering(pausedAt, pausedBy, released, forced, acceptedElsewhere, since);
    }

    /** The same without an outage of the service. */
    public Steering atTheService() {
        return serviceAwaySince == null
                ? this
                : new Steering(pausedAt, pausedBy, released, forced, acceptedElsewhere, null);
    }
}
