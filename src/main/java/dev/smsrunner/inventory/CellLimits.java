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
 */
public record CellLimits(int speed, Set<String> recordedSpeedRules) {

    /** Key of the maximum speed limit among the default values of the job file; absent for the standard limit. */
    public static final String SPEED = "speed-limit-max";

    /** Copies the rules. */
    public CellLimits {
        recordedSpeedRules = Set.copyOf(recordedSpeedRules);
    }

    /** Limits for an inventory without a recorded run. */
    public CellLimits(int speed) {
        this(speed, Set.of());
    }

    /** Limits for the inventory of a recorded run with these speed limits by time of day. */
    CellLimits withRecorded(Set<String> speedRules) {
        return new CellLimits(speed, speedRules);
    }

    /** Standard limits. */
    public static final CellLimits DEFAULT = new CellLimits(1000);

    /** Limits from the default values of the job file. */
    public static CellLimits of(Map<String, String> defaults) {
        String speed = defaults.get(SPEED);
        return speed == null ? DEFAULT : new CellLimits(Integer.parseInt(speed));
    }
}
