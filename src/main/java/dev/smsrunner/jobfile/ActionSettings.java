package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the job {@code action} (UpdateTaskStatus). A column of the same name overrides each value.
 *
 * @param operation start, stop, test, ...; null = every row has its own
 * @param templateId template for clone_test, or null
 * @param switchHce whether to change to Huawei Cloud EulerOS, Linux only
 * @param isNeedConsistencyCheck whether to verify the consistency of the copy
 */
public record ActionSettings(
        @Nullable String operation, @Nullable String templateId, boolean switchHce, boolean isNeedConsistencyCheck) {}
