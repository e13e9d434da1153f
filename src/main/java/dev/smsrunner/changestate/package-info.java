/**
 * The job {@code changestate}: corrects what SMS has on record of each source (UpdateCopyState). In: rows that name a source. Out:
 * rows that are closed: done when the source, read back, shows what was written.
 */
@NullMarked
package dev.smsrunner.changestate;

import org.jspecify.annotations.NullMarked;
