package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Error of a task from {@code error_json}.
 *
 * @param code as sent by the service, for example {@code SMS.0210}; null when there is none
 * @param text the parameters, the message, or the whole text when it is not JSON; never blank
 */
public record TaskError(@Nullable String code, String text) {

    /**
     * Parses the JSON inside the string, or any other content (ShowTask, API reference 2026-01-27; the names {@code
     * error_code} and {@code error_param} are from the field).
     *
     * @return null when the text is null, blank or an empty object
     */
    public static @Nullable TaskError parse(@Nullable String errorJson) {
        return errorJson == null || errorJson.isBlank() ? null : TaskErrorReader.read(errorJson.strip());
    }
}
