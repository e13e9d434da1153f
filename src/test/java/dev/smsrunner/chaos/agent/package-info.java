/**
 * What the trials put inside the process of the product: the numbered points at which it may be made to die, and the seeded
 * defects. In: classes of the packaged jar. Out: the same classes with calls to {@link dev.smsrunner.chaos.agent.Points} and
 * {@link dev.smsrunner.chaos.agent.Defects}, which do nothing unless a system property names a point or a defect.
 */
@NullMarked
package dev.smsrunner.chaos.agent;

import org.jspecify.annotations.NullMarked;
