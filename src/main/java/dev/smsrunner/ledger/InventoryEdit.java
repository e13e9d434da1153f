package dev.smsrunner.ledger;

import java.util.List;

/**
 * What becomes of the rows of a run whose inventory a person changed; written in one transaction.
 *
 * @param sha256 of the inventory that the run has from now on
 * @param added rows that are new, planned
 * @param addedLines their cells
 * @param replanned rows that nothing was started for, planned anew from other cells
 * @param changedLines cells that take the place of those of the rows of the same numbers
 * @param writes rows that are dropped, and what happened to all of them
 */
public record InventoryEdit(
        String sha256,
        List<LedgerRow> added,
        List<StoredInventoryLine> addedLines,
        List<LedgerRow> replanned,
        List<StoredInventoryLine> changedLines,
        List<LedgerWrite> entries) {}
