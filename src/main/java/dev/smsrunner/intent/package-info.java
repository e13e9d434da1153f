/**
 * The one place where anything is changed in the cloud. In: the changes that a stage wants. Out: the rows with what became of
 * them. Each change is committed as an intent before its call is made, and its answer after.
 */
@NullMarked
package dev.smsrunner.intent;

import org.jspecify.annotations.NullMarked;
