/**
 * Job {@code action}: one operation on each task (UpdateTaskStatus). In: rows that name a task or its source. Out: ended
 * rows: done, failed, or skipped because the operation does not apply.
 */
@NullMarked
package dev.smsrunner.job.action;

import org.jspecify.annotations.NullMarked;
