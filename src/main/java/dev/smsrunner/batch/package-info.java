/**
 * The Spring Batch job of a run: its steps in order, with their readers, processors and writers, and its restart. In: the
 * components of one run. Out: the ledger rows of the run, step by step, and the counts of each step in the job repository.
 */
@NullMarked
package dev.smsrunner.batch;

import org.jspecify.annotations.NullMarked;
