/**
 * Simulation of SMS, IAM tokens and DCS migration tasks over real HTTP on loopback.
 *
 * <p>Input: a world from a seed, a speed, an optional fault file and an optional state directory. Output: the answers of
 * the documented API including its quirks, and an {@link dev.smsrunner.simulator.SimulatorAudit audit} of all calls and
 * events. The package shares no type with the client packages, so that a field misread there fails a test.
 */
@NullMarked
package dev.smsrunner.simulator;

import org.jspecify.annotations.NullMarked;
