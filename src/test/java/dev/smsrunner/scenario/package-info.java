/** Whole runs as scenarios: set-up, actions of the operator, and results in the cloud and in the reports. */
@NullMarked
package dev.smsrunner.scenario;

import org.jspecify.annotations.NullMarked;
