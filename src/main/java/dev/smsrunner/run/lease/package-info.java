/**
 * The lease of a run. In: the lease table and the process table. Out: the right of this process to work on the run, renewed
 * until it is released or lost, and the signal that stops the run. It also detects dead owners and a process without progress.
 */
@NullMarked
package dev.smsrunner.run.lease;

import org.jspecify.annotations.NullMarked;
