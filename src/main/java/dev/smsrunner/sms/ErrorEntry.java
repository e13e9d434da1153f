package dev.smsrunner.sms;

/**
 * What is known about an error.
 *
 * @param meaning one line, without a full stop
 * @param action what a person should do now
 * @param restartable a task that failed with it is started again automatically
 */
public record ErrorEntry(String meaning, ErrorClass errorClass, String action, boolean restartable) {}
