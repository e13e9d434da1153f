package dev.smsrunner.ledger;

import java.util.List;

/**
 * Effect of a changed inventory on the rows of a run; written in one transaction.
 *
 * @param sha256 hash of the new inventory
 * @param added new rows, planned
 * @param addedLines cells of the new rows
 * @param replanned rows without a start, planned again from changed cells
 * @param changedLines new cells of existing rows
 * @param entries dropped rows, and the events of all rows
 */
public record InventoryEdit(
        String sha256,
        List<LedgerRow> added,
        List<StoredInventoryLine> addedLines,
        List<LedgerRow> replanned,
        List<StoredInventoryLine> changedLines,
        List<LedgerWrite> entries) {}
