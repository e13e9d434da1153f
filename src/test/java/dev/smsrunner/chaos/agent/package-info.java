/**
 * Code inside the process of the product during trials: the numbered points of kills, and the seeded defects. Input: classes
 * of the packaged jar. Output: the same classes with calls to {@link dev.smsrunner.chaos.agent.Points} and
 * {@link dev.smsrunner.chaos.agent.Defects}. System properties enable points and defects.
 */
@NullMarked
package dev.smsrunner.chaos.agent;

import org.jspecify.annotations.NullMarked;
