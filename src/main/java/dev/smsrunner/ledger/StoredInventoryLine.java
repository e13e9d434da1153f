package dev.smsrunner.ledger;

import java.util.Map;

/**
 * One data row of the stored inventory.
 *
 * @param row counted from 1
 * @param line first line in the file, from 1
 * @param cells column name to cell, in the order of the file
 */
public record StoredInventoryLine(int row, int line, Map<String, String> cells) {}
