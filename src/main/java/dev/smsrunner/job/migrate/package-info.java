/**
 * Stage 4 of the migrate job. In: one observation of each source server and its task. Out: the decision for each row, from the
 * start of the copy to the launch of the target. The loop of {@code reconcile} calls it in each pass.
 */
@NullMarked
package dev.smsrunner.job.migrate;

import org.jspecify.annotations.NullMarked;
