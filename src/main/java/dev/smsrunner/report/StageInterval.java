package dev.smsrunner.report;

import dev.smsrunner.ledger.Stage;
import java.time.Instant;

/**
 * Uninterrupted time of a row at a stage.
 *
 * @param to end of the interval, or the latest instant in the ledger
 */
record StageInterval(Stage stage, Instant from, Instant to) {}
