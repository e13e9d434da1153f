package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * What the job {@code changestate} records (UpdateCopyState); a column of the same name wins over each value.
 *
 * @param copystate the copy state, or null
 * @param migrationcycle the migration cycle, or null
 */
public record ChangestateSettings(
        @Nullable String copystate, @Nullable String migrationcycle) {}
