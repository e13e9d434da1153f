package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One physical line.
 *
 * @param number from 1
 * @param text the line without its terminator; empty when it has a fault
 * @param fault reason why the line cannot be read, or null
 */
record InventoryLine(int number, String text, @Nullable CellProblem fault) {

    boolean isBlank() {
        return fault == null && Whitespace.trim(text).isEmpty();
    }
}
