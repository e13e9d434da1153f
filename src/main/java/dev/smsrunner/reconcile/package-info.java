/**
 * Stage 4 of 5. In: rows with a migration task. Out: ended rows. Each pass observes all source servers, decides for each row
 * by a pure function, and then acts, within the limits of the account.
 */
@NullMarked
package dev.smsrunner.reconcile;

import org.jspecify.annotations.NullMarked;
