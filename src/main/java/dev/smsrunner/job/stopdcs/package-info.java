/**
 * Job {@code stop-dcs}: stops data-migration tasks of DCS (BatchStopMigrationTasks). In: rows with a task and its project.
 * Out: ended rows: done when the status is TERMINATED; other endings have their own outcomes.
 */
@NullMarked
package dev.smsrunner.job.stopdcs;

import org.jspecify.annotations.NullMarked;
