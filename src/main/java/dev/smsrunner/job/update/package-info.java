/**
 * Job {@code update}: changes fields of many tasks (UpdateTask, UpdateSpeed). In: rows with a task and its desired fields.
 * Out: ended rows: done when the task, read back, has the desired values.
 */
@NullMarked
package dev.smsrunner.job.update;

import org.jspecify.annotations.NullMarked;
