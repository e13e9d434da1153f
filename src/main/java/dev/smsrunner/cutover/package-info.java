/**
 * The order of the cutover. In: the rows of a run as the ledger has them, and what the job file says of waves, windows and
 * launches. Out: for each row whether its copy may be started and its target launched now, else the first obstacle. Everything
 * here is pure: it reads values, asks no clock, and changes nothing.
 */
@NullMarked
package dev.smsrunner.cutover;

import org.jspecify.annotations.NullMarked;
