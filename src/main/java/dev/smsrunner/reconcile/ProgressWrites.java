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
 * Selects rows whose progress is worth a write without any other change: every 5 minutes, or every 5 percent of the copy. A
 * run observes a thousand servers every few seconds.
 */
final class ProgressWrites {

    private static final Duration EVERY = Duration.ofMinutes(5);
    private static final double STEP = 0.05;

    /** Rounding error of a share that is stored as text. */
    private static final double ROUNDING = 1e-9;

    private final Map<Integer, LastWrite> lastWrites = new HashMap<>();

    /** Progress of a row in the ledger, and its time. */
    private record LastWrite(@Nullable String progress, OptionalDouble share, Instant at) {}

    /** @param rows state in the ledger */
    ProgressWrites(Collection<LedgerRow> rows) {
        rows.forEach(row -> recordWrite(row, Instant.EPOCH));
    }

    /** Records a write of the row, with its progress. */
    void recordWrite(LedgerRow row, Instant now) {
        var observed = row.observed();
        lastWrites.put(row.row(), new LastWrite(observed.progress(), observed.share(), now));
    }

    /** Rows whose progress is due for a write; they count as written. */
    List<LedgerRow> due(Collection<LedgerRow> rows, Instant now) {
        var due = rows.stream().filter(row -> due(row, now)).toList();
        due.forEach(row -> recordWrite(row, now));
        return due;
    }

    private boolean due(LedgerRow row, Instant now) {
        var known = lastWrites.get(row.row());
        if (known == null) {
            return row.observed().progress() != null;
        }
        if (Objects.equals(known.progress(), row.observed().progress())) {
            return false;
        }
        return !now.isBefore(known.at().plus(EVERY))
                || hasAdvanced(known.share(), row.observed().share());
    }

    private static boolean hasAdvanced(OptionalDouble before, OptionalDouble current) {
        return current.isPresent() && Math.abs(current.getAsDouble() - before.orElse(0)) >= STEP - ROUNDING;
    }
}
