package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;

/** Planned row with its cells of the inventory. */
record UnexaminedRow(LedgerRow ledgerRow, InventoryRow inventoryRow) {}
