/**
 * The job {@code update}: changes fields of many tasks (UpdateTask, UpdateSpeed). In: rows that name a task and what it is to be.
 * Out: rows that are closed: done when the task, read back, is so.
 */
@NullMarked
package dev.smsrunner.update;

import org.jspecify.annotations.NullMarked;
