package dev.smsrunner.inventory;

import java.util.Set;

/**
 * Inventory that an unfinished run has accepted, perhaps under the rules of an earlier version.
 *
 * @param speedRules speed limits by time of day of the run; earlier versions accepted empty and overlapping ranges
 * @param isUnchanged whether the file is the same, byte for byte; rules that earlier versions did not have then only warn
 * @param names column names of the recorded rows; a name of another tool among them was left unread by an earlier version
 */
public record AcceptedInventory(Set<String> speedRules, boolean isUnchanged, Set<String> names) {

    /** No run has accepted the file. */
    public static final AcceptedInventory NONE = new AcceptedInventory(Set.of(), false, Set.of());

    public AcceptedInventory {
        speedRules = Set.copyOf(speedRules);
        names = Set.copyOf(names);
    }
}
