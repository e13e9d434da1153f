package dev.smsrunner.reconcile;

/**
 * Something that the decision for a row asks for.
 *
 * @param row number of the row
 */
public record PendingAction(int row, Decision.Wish wish) {}
