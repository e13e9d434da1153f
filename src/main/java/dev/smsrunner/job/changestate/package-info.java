/**
 * The job {@code changestate}: corrects what SMS has on record of each source (UpdateCopyState). In: rows that name a
 * source. Out: ended rows: done when the source, read back, shows the written values.
 */
@NullMarked
package dev.smsrunner.job.changestate;

import org.jspecify.annotations.NullMarked;
