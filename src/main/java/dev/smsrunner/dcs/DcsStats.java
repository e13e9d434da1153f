package dev.smsrunner.dcs;

import org.jspecify.annotations.Nullable;

/**
 * Progress of an online migration (ShowMigrationTaskStats, API reference 2025-05-13).
 *
 * @param fullProgress percentage of the full migration, null when the answer has no number
 */
public record DcsStats(@Nullable Integer fullProgress) {

    /** Parses {@code full_migration_progress}: digits, with an optional fraction or percent sign. Never throws. */
    static DcsStats of(@Nullable String fullProgress) {
        var digits = fullProgress == null ? "" : fullProgress.replace("%", "").strip();
        try {
            return new DcsStats(digits.isEmpty() ? null : (int) Double.parseDouble(digits));
        } catch (NumberFormatException ex) {
            return new DcsStats(null);
        }
    }

    /** Whether the full migration is known to be complete. */
    public boolean isFullMigrationComplete() {
        return fullProgress != null && fullProgress >= 100;
    }
}
