/**
 * The job {@code delete}: deletes the task of each row (DeleteTasks) and, where the job file says so, then its source
 * (DeleteServers). In: rows of sources that a run of this database migrated, or that confirm the name of their source. Out:
 * ended rows: done when the service no longer shows the task and the source.
 */
@NullMarked
package dev.smsrunner.job.delete;

import org.jspecify.annotations.NullMarked;
