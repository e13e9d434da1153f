/**
 * The service in miniature: SMS, IAM tokens and DCS migration tasks over real HTTP on loopback.
 *
 * <p>In: a world made from a seed, a speed, an optional fault file and an optional state directory. Out: the answers of
 * the documented API, awkward where the API is awkward, and an {@link dev.smsrunner.simulator.SimulatorAudit audit} of
 * everything that was done. It shares no type with the client packages, so that a field misread there fails a test.
 */
@NullMarked
package dev.smsrunner.simulator;

import org.jspecify.annotations.NullMarked;
