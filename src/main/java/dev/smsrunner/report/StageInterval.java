package dev.smsrunner.report;

import dev.smsrunner.ledger.Stage;
import java.time.Instant;

/**
 * How long a row was at a stage without a break.
 *
 * @param to when it left the stage, or up to when the ledger tells of it
 */
record StageInterval(Stage stage, Instant from, Instant to) {}
