/**
 * Preflight of the migrate job. In: a row of the inventory, the source servers, tasks and templates of the account. Out: the
 * findings about the row, and the facts of its source that the task needs. Nothing is changed in the cloud.
 */
@NullMarked
package dev.smsrunner.job.migrate.preflight;

import org.jspecify.annotations.NullMarked;
