package dev.smsrunner.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Rules of UpdateSpeed, CreateTask and UpdateTask for speed limits. UpdateSpeed, 2026-01-27: 0 to 5 limits by time of day,
 * {@code over_speed_threshold} 10 to 100. The page of 2022 has {@code 0:00} as a start and {@code 24:00} as an end.
 *
 * @param most the highest speed limit of the region in Mbit/s
 */
record SpeedLimitRules(int most) {

    /** UpdateSpeed and CreateTask, 2026-01-27. */
    static final SpeedLimitRules USUAL = new SpeedLimitRules(1000);

    private static final int MOST_BY_TIME = 5;
    private static final int USUAL_THRESHOLD = 10;
    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d";

    /** Checks the limit and the threshold of a task. */
    void check(ObjectNode task) {
        JsonNode speed = task.path("speed_limit");
        refuseUnless(
                speed.isMissingNode() || speed.isNull() || isSpeed(speed), "speed_limit must be from 0 to " + most);
        checkThreshold(task);
    }

    /** The limits by time of day as stored, with the documented default of the threshold. */
    ArrayNode byTime(ArrayNode limits) {
        refuseUnless(limits.size() <= MOST_BY_TIME, "speed_limit must have at most " + MOST_BY_TIME + " elements");
        ArrayNode kept = limits.deepCopy();
        for (JsonNode limit : kept) {
            refuseUnless(limit.isObject(), "an element of speed_limit must be an object");
            keep((ObjectNode) limit);
        }
        return kept;
    }

    private void keep(ObjectNode limit) {
        boolean times = SimulatorJson.text(limit, "start").matches(TIME)
                && SimulatorJson.text(limit, "end").matches(TIME + "|24:00");
        refuseUnless(times, "start and end must be times of day");
        refuseUnless(isSpeed(limit.path("speed")), "speed must be from 0 to " + most);
        checkThreshold(limit);
        if (!limit.hasNonNull("over_speed_threshold")) {
            limit.put("over_speed_threshold", USUAL_THRESHOLD);
        }
    }

    private boolean isSpeed(JsonNode speed) {
        return speed.isIntegralNumber() && speed.asLong() >= 0 && speed.asLong() <= most;
    }

    private static void checkThreshold(ObjectNode holder) {
        JsonNode percent = holder.path("over_speed_threshold");
        boolean fine = percent.isMissingNode()
                || percent.isNull()
                || percent.isNumber() && percent.asDouble() >= 10 && percent.asDouble() <= 100;
        refuseUnless(fine, "over_speed_threshold must be from 10 to 100");
    }

    private static void refuseUnless(boolean fine, String demand) {
        if (!fine) {
            throw Refusal.service("SMS.9001", "The speed limit is invalid: " + demand + ".", "speed_limit");
        }
    }
}
