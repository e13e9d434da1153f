/**
 * Stage 3 of 5. In: rows of the ledger that have a source server and no task. Out: rows with a migration task that is ready to
 * be started, or was found under way. A task is created, or one that the source has already is updated or adopted.
 */
@NullMarked
package dev.smsrunner.task;

import org.jspecify.annotations.NullMarked;
