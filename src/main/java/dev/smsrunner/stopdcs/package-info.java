/**
 * The job {@code stop-dcs}: stops data-migration tasks of DCS (BatchStopMigrationTasks). In: rows that name a task and its project.
 * Out: rows that are closed: done when the status says TERMINATED; the other endings told apart.
 */
@NullMarked
package dev.smsrunner.stopdcs;

import org.jspecify.annotations.NullMarked;
