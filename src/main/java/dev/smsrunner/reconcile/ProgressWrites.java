package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Which rows have made so much progress that it is worth a write when nothing else of them has changed: every 5 minutes, or
 * every 5 percent of the copy. A run of a thousand servers is looked at every few seconds.
 */
final class ProgressWrites {

    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final double STEP = 0.05;

    /** What a share that is written as a text loses. */
    private static final double ROUNDING = 1e-9;

    private final Map<Integer, Written> written = new HashMap<>();

    /** What the ledger has of a row, and since when. */
    private record Written(@Nullable String progress, OptionalDouble share, Instant at) {}

    /** @param rows as they are in the ledger */
    ProgressWrites(Collection<LedgerRow> rows) {
        rows.forEach(row -> written(row, Instant.EPOCH));
    }

    /** The row is written, with its progress. */
    void written(LedgerRow row, Instant now) {
        var seen = row.seen();
        written.put(row.row(), new Written(seen.progress(), seen.share(), now));
    }

    /** The rows whose progress is to be written now; it counts as written. */
    List<LedgerRow> due(Collection<LedgerRow> rows, Instant now) {
        var due = rows.stream().filter(row -> due(row, now)).toList();
        due.forEach(row -> written(row, now));
        return due;
    }

    private boolean due(LedgerRow row, Instant now) {
        var known = written.get(row.row());
        if (known == null) {
            return row.seen().progress() != null;
        }
        if (Objects.equals(known.progress(), row.seen().progress())) {
            return false;
        }
        return !now.isBefore(known.at().plus(EVERY))
                || step(known.share(), row.seen().share());
    }

    private static boolean step(OptionalDouble before, OptionalDouble now) {
        return now.isPresent() && Math.abs(now.getAsDouble() - before.orElse(0)) >= STEP - ROUNDING;
    }
}
