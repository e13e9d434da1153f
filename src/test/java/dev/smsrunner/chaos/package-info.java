/**
 * Proof by trial: the packaged program as real processes against the simulator, killed, raced, paused, cut off and given wrong
 * answers, and then compared with an undisturbed run. In: a seed. Out: a table of trials, failures and bounds, and for each
 * seeded defect the check that caught it.
 */
@NullMarked
package dev.smsrunner.chaos;

import org.jspecify.annotations.NullMarked;
