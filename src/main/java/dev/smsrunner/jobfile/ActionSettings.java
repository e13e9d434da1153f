package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * The operation of the job {@code action} (UpdateTaskStatus); a column of the same name wins over each value.
 *
 * @param operation start, stop, test, ...; null = every row says its own
 * @param templateId the template that clone_test needs, or null
 * @param switchHce change to Huawei Cloud EulerOS, Linux only
 * @param isNeedConsistencyCheck verify the consistency of the copy
 */
public record ActionSettings(
        @Nullable String operation, @Nullable String templateId, boolean switchHce, boolean isNeedConsistencyCheck) {}
