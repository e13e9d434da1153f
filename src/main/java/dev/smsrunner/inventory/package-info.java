/**
 * Stage 1. In: a CSV inventory. Out: {@link dev.smsrunner.inventory.InventoryRow rows}, or all {@link
 * dev.smsrunner.inventory.RowProblem problems} of the file at once. The package does not use the cloud.
 *
 * <p>{@link dev.smsrunner.inventory.InventoryFile} checks a file in one pass without keeping its rows, {@link
 * dev.smsrunner.inventory.InventoryReader} then streams the rows of a checked file into a chunk-oriented step.
 */
@NullMarked
package dev.smsrunner.inventory;

import org.jspecify.annotations.NullMarked;
