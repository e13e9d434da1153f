package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One physical line.
 *
 * @param number from 1
 * @param text the line without its terminator; empty when it has a fault
 * @param fault reason why the line cannot be read, or null
 * @param hasOtherEncoding whether the fault is an encoding other than UTF-8, which the whole file may have
 */
record InventoryLine(int number, String text, @Nullable CellProblem fault, boolean hasOtherEncoding) {

    static InventoryLine of(int number, String text) {
        return new InventoryLine(number, text, null, false);
    }

    static InventoryLine withFault(int number, CellProblem fault) {
        return new InventoryLine(number, "", fault, false);
    }

    static InventoryLine withOtherEncoding(int number, CellProblem fault) {
        return new InventoryLine(number, "", fault, true);
    }

    boolean isBlank() {
        return fault == null && Whitespace.trim(text).isEmpty();
    }
}
