/** Whole nights as stories: what is given, what the operator does, and what is left in the cloud and in the reports. */
@NullMarked
package dev.smsrunner.scenario;

import org.jspecify.annotations.NullMarked;
