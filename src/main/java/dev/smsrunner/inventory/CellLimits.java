package dev.smsrunner.inventory;

import java.util.Map;
import java.util.Set;

/**
 * Limits of cell values that a job file may change.
 *
 * @param speed maximum speed limit in Mbit/s: 1000 in most regions (CreateTask, 2026-01-27), 10000 in some (UpdateTask, 2024
 *     edition)
 * @param recordedSpeedRules speed limits by time of day in the ledger of the run; earlier versions accepted empty or overlapping
 *     ranges
 * @param acceptsPlaceholders whether names such as {@code NULL} are accepted, as earlier versions did
 */
public record CellLimits(int speed, Set<String> recordedSpeedRules, boolean acceptsPlaceholders) {

    /** Key of the maximum speed limit among the default values of the job file; absent for the standard limit. */
    public static final String SPEED = "speed-limit-max";

    /** Copies the rules. */
    public CellLimits {
        recordedSpeedRules = Set.copyOf(recordedSpeedRules);
    }

    /** Limits for an inventory without a recorded run. */
    public CellLimits(int speed) {
        this(speed, Set.of(), false);
    }

    /** Limits for an inventory that an unfinished run has accepted. */
    CellLimits with(AcceptedInventory accepted) {
        return new CellLimits(speed, accepted.speedRules(), accepted.isUnchanged());
    }

    /** Limits for the recorded job file of a run, which an earlier version may have accepted. */
    public CellLimits acceptingPlaceholders() {
        return new CellLimits(speed, recordedSpeedRules, true);
    }

    /** Standard limits. */
    public static final CellLimits DEFAULT = new CellLimits(1000);

    /** Limits from the default values of the job file. */
    public static CellLimits of(Map<String, String> defaults) {
        String speed = defaults.get(SPEED);
        return speed == null ? DEFAULT : new CellLimits(Integer.parseInt(speed));
    }
}
