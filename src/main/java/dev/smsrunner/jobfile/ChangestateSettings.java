package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the job {@code changestate} (UpdateCopyState). A column of the same name overrides each value.
 *
 * @param copystate the copy state, or null
 * @param migrationcycle the migration cycle, or null
 */
public record ChangestateSettings(
        @Nullable String copystate, @Nullable String migrationcycle) {}
