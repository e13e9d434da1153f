package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Why a task failed, out of {@code error_json}.
 *
 * @param code as the service wrote it, for example {@code SMS.0210}; null when there is none
 * @param text the parameters, the message, or the whole text when it is not JSON; never blank
 */
public record TaskError(@Nullable String code, String text) {

    /**
     * Reads the JSON inside the string, or whatever else is there (ShowTask, API reference 2026-01-27; the names
     * {@code error_code} and {@code error_param} are from the field).
     *
     * @return null when the text is null, blank or an empty object
     */
    public static @Nullable TaskError parse(@Nullable String errorJson) {
        return errorJson == null || errorJson.isBlank() ? null : TaskErrorReader.read(errorJson.strip());
    }
}
