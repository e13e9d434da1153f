/**
 * The only package that changes anything in the cloud. In: calls that a stage requests. Out: rows with the results. Each
 * call is committed as an intent before it is sent, and its result afterwards.
 */
@NullMarked
package dev.smsrunner.intent;

import org.jspecify.annotations.NullMarked;
