package dev.smsrunner.inventory;

import java.util.Map;
import java.util.Set;

/**
 * Limits of cell values that a job file may change.
 *
 * @param speed the highest speed limit in Mbit/s: 1000 in most regions (CreateTask, 2026-01-27), 10000 in some (UpdateTask, 2024
 *     edition)
 * @param begunSpeedRules speed limits by time of day that a begun run has already: earlier versions took ranges that are empty
 *     or overlap
 */
public record CellLimits(int speed, Set<String> begunSpeedRules) {

    /** The highest speed limit, among the values that the job file gives for all rows; only where it is not the usual one. */
    public static final String SPEED = "speed-limit-max";

    /** Takes a copy. */
    public CellLimits {
        begunSpeedRules = Set.copyOf(begunSpeedRules);
    }

    /** The limits for an inventory that no run has begun with. */
    public CellLimits(int speed) {
        this(speed, Set.of());
    }

    /** The same for the inventory of a begun run, which has these speed limits by time of day. */
    CellLimits withBegun(Set<String> speedRules) {
        return new CellLimits(speed, speedRules);
    }

    /** The limits of a job file that does not change them. */
    public static final CellLimits USUAL = new CellLimits(1000);

    /** The limits among the values that the job file gives for all rows. */
    public static CellLimits of(Map<String, String> defaults) {
        String speed = defaults.get(SPEED);
        return speed == null ? USUAL : new CellLimits(Integer.parseInt(speed));
    }
}
