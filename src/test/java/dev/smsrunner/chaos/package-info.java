/**
 * Fault injection: real processes of the packaged program against the simulator, with kills, races, pauses, partitions and
 * wrong answers, compared with an undisturbed run. Input: a seed. Output: a table of trials, failures and bounds, and the
 * checks that caught each seeded defect.
 */
@NullMarked
package dev.smsrunner.chaos;

import org.jspecify.annotations.NullMarked;
