package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One row after preflight. */
public interface PreflightResult {

    /** The row that was examined. */
    InventoryRow row();

    /** All that was found. */
    List<Finding> findings();

    /** The row of the ledger with what preflight found for it: its source, its task, their states. */
    LedgerRow match(LedgerRow row, Instant now);

    /** What the later stages need to know of the row, as JSON; null when there is nothing. */
    @Nullable
    String facts();

    /** Why the row is rejected, empty when it is not. */
    default Optional<String> rejection() {
        return texts(Finding.Severity.ERROR);
    }

    /** Why there is nothing to do for the row, empty when there is. */
    default Optional<String> nothingToDo() {
        return texts(Finding.Severity.NOTHING_TO_DO);
    }

    /** What is worth knowing besides. */
    default List<String> warnings() {
        return findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::text)
                .toList();
    }

    private Optional<String> texts(Finding.Severity severity) {
        var texts = findings().stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", texts));
    }
}
