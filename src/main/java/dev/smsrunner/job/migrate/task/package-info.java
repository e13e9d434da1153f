/**
 * Stage 3 of 5. In: rows of the ledger that have a source server and no task. Out: rows with a migration task that can be started
 * or is under way. The stage creates a task, or updates or adopts an existing task of the source.
 */
@NullMarked
package dev.smsrunner.job.migrate.task;

import org.jspecify.annotations.NullMarked;
