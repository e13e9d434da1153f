/**
 * Stage 1: a CSV inventory comes in, {@link dev.smsrunner.inventory.InventoryRow rows} go out, or all
 * {@link dev.smsrunner.inventory.RowProblem problems} of the file at once; nothing here speaks to the cloud.
 *
 * <p>{@link dev.smsrunner.inventory.InventoryFile} checks a file in one pass without keeping its rows,
 * {@link dev.smsrunner.inventory.InventoryReader} then streams the rows of a checked file into a chunk-oriented step.
 */
@NullMarked
package dev.smsrunner.inventory;

import org.jspecify.annotations.NullMarked;
