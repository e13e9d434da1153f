/**
 * Beside the run: in comes what the run tells, out goes a message to people who do not look at it, to a webhook and to a
 * program of theirs. Delivery is tried again for a while and never holds the run up; a message that nobody took is told on
 * the console and changes no outcome.
 */
@NullMarked
package dev.smsrunner.notification;

import org.jspecify.annotations.NullMarked;
