package dev.smsrunner.inventory;

import java.util.Map;

/**
 * Limits of cell values that a job file may change.
 *
 * @param speed the highest speed limit in Mbit/s: 1000 in most regions (CreateTask, 2026-01-27), 10000 in some (UpdateTask, 2024
 *     edition)
 */
public record CellLimits(int speed) {

    /** The highest speed limit, among the values that the job file gives for all rows; only where it is not the usual one. */
    public static final String SPEED = "speed-limit-max";

    /** The limits of a job file that does not change them. */
    public static final CellLimits USUAL = new CellLimits(1000);

    /** The limits among the values that the job file gives for all rows. */
    public static CellLimits of(Map<String, String> defaults) {
        String speed = defaults.get(SPEED);
        return speed == null ? USUAL : new CellLimits(Integer.parseInt(speed));
    }
}
