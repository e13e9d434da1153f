package dev.smsrunner.sms;

/**
 * Catalogue entry of an error.
 *
 * @param meaning one line, without a full stop
 * @param action instruction for the operator
 * @param restartable whether the runner restarts a task with this error
 */
public record ErrorEntry(String meaning, ErrorClass errorClass, String action, boolean restartable) {}
