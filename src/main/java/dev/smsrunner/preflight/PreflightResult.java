package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Preflight result of one row. */
public interface PreflightResult {

    /** Row that preflight examined. */
    InventoryRow row();

    /** All findings. */
    List<Finding> findings();

    /** Ledger row with the source, the task and the states that preflight found. */
    LedgerRow match(LedgerRow row, Instant now);

    /** Facts for later stages, as JSON; null when there are none. */
    @Nullable
    String facts();

    /** Reason for a rejection; empty when the row is not rejected. */
    default Optional<String> rejection() {
        return texts(Finding.Severity.ERROR);
    }

    /** Reason why the row needs no work; empty when it needs work. */
    default Optional<String> nothingToDo() {
        return texts(Finding.Severity.NOTHING_TO_DO);
    }

    /** Texts of the warnings. */
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
