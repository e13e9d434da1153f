package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Catalogue entry of an error.
 *
 * @param meaning one line, without a full stop
 * @param action instruction for the operator
 * @param restartable whether the runner restarts a task with this error
 */
public record ErrorEntry(String meaning, ErrorClass errorClass, String action, boolean restartable) {

    /** Meaning with its code, for example {@code The clock or time zone of the source is wrong (SMS.0205)}. */
    public String sentence(@Nullable String code) {
        var start = Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1);
        return code == null ? start : "%s (%s)".formatted(start, code);
    }
}
