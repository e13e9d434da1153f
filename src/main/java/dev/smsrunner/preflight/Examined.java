package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TargetLayout;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row after preflight.
 *
 * @param source the one source server that the row names, null when there is none or more than one
 * @param existing the task that the source has already, null when it has none
 * @param layout disks, volume groups and file systems for the target, null when there is no source
 */
public record Examined(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable MigrationTask existing,
        @Nullable TargetLayout layout,
        List<Finding> findings) {

    /** Why the row is rejected, empty when it is not. */
    public Optional<String> rejection() {
        return texts(Finding.Severity.ERROR);
    }

    /** Why there is nothing to do for the row, empty when there is. */
    public Optional<String> nothingToDo() {
        return texts(Finding.Severity.NOTHING_TO_DO);
    }

    private Optional<String> texts(Finding.Severity severity) {
        var texts = findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", texts));
    }
}
