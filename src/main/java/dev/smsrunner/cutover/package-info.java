/**
 * Order of the cutover. In: the rows of a run from the ledger, and the settings for waves, windows and launches. Out: for each
 * row whether its copy may be started and its target launched now, else the first obstacle. All classes are pure: they read
 * values, use no clock, and change nothing.
 */
@NullMarked
package dev.smsrunner.cutover;

import org.jspecify.annotations.NullMarked;
