/**
 * The job {@code action}: one operation on each task (UpdateTaskStatus). In: rows that name a task or its source. Out: rows that
 * are closed: done, failed, or skipped because the operation does not apply.
 */
@NullMarked
package dev.smsrunner.action;

import org.jspecify.annotations.NullMarked;
