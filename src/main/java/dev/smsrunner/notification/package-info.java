/**
 * Notifications, independent of the run. In: events of the run. Out: messages to a webhook and to a program of the
 * operator. Delivery is retried for a while and never delays the run. The console reports undelivered messages; they
 * change no outcome.
 */
@NullMarked
package dev.smsrunner.notification;

import org.jspecify.annotations.NullMarked;
