package dev.smsrunner.sms;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Error of a task from {@code error_json}.
 *
 * @param code as sent by the service, for example {@code SMS.0210}; null when there is none
 * @param text the parameters, the message, or the whole text when it is not JSON; never blank
 */
public record TaskError(@Nullable String code, String text) {

    /** Message without a cause, with the address of the source as parameter. */
    private static final Pattern GENERIC = Pattern.compile("The migration of .{1,255} failed\\.?(, ?[0-9a-fA-F.:]+)*");

    /** Text of the service, empty when it only repeats the code or states that the migration failed. */
    public Optional<String> detail() {
        return text.equals(code) || GENERIC.matcher(text).matches() ? Optional.empty() : Optional.of(text);
    }

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
