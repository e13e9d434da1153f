/**
 * Stage 4 of 5. In: rows with a migration task. Out: rows that are closed. The tick: look at every source server at once, decide
 * for each row by a pure function, and only then act, within what the account allows.
 */
@NullMarked
package dev.smsrunner.reconcile;

import org.jspecify.annotations.NullMarked;
