package dev.smsrunner.reconcile;

/**
 * Row and the step that its decision requests.
 *
 * @param row number of the row
 */
public record PendingAction(int row, Decision.Act action) {}
