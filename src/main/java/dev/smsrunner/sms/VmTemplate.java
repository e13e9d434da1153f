package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Template from which SMS creates target servers (ListTemplates and ShowTemplate, API reference 2026-01-27; the project
 * is spelled {@code projectid} here).
 *
 * @param isTemplate false for a temporary template, which the service deletes together with its task
 */
@Payload
public record VmTemplate(
        @Nullable String id,
        @JsonProperty("is_template") @Nullable Boolean isTemplate,
        @JsonProperty("projectid") @Nullable String projectId) {}
