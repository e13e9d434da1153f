package dev.smsrunner.sms;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Speed limits of a task by time of day (UpdateSpeed and ShowsSpeedLimits, API reference 2026-01-27): a set of 0 to 5
 * in any order.
 *
 * @param limits empty for no limits
 */
public record SpeedLimits(List<Limit> limits) {

    /** Default of {@code over_speed_threshold} (UpdateSpeed, 2026-01-27). */
    private static final double DEFAULT_THRESHOLD = 10;

    /**
     * Speed limit for a time of day.
     *
     * @param start {@code HH:MM}
     * @param end {@code HH:MM}, or {@code 24:00}
     * @param speed Mbit/s, 0 is none
     * @param overSpeedThreshold percent, 10 to 100; null is not sent and means 10
     */
    public record Limit(
            String start, String end, int speed, @Nullable Integer overSpeedThreshold) {}

    public SpeedLimits {
        limits = List.copyOf(limits);
    }

    /** JSON list as UpdateSpeed expects it. */
    public ArrayNode json() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var limit : limits) {
            var entry = list.addObject()
                    .put("start", limit.start())
                    .put("end", limit.end())
                    .put("speed", limit.speed());
            if (limit.overSpeedThreshold() != null) {
                entry.put("over_speed_threshold", limit.overSpeedThreshold());
            }
        }
        return list;
    }

    /** Whether two lists are equivalent: {@code 8:00} is {@code 08:00}, and a day ends at {@code 24:00} or {@code 00:00}. */
    public static boolean isEquivalent(JsonNode first, JsonNode second) {
        return first.size() == second.size() && normalize(first).equals(normalize(second));
    }

    private static Set<String> normalize(JsonNode list) {
        var normalize = new HashSet<String>();
        for (var limit : list) {
            normalize.add("%s-%s=%s@%s"
                    .formatted(
                            time(limit.path("start")),
                            time(limit.path("end")),
                            limit.path("speed").asInt(0),
                            limit.path("over_speed_threshold").asDouble(DEFAULT_THRESHOLD)));
        }
        return normalize;
    }

    private static String time(JsonNode text) {
        var time = text.asString("").strip();
        var padded = time.length() == 4 ? "0" + time : time;
        return padded.equals("24:00") ? "00:00" : padded;
    }
}
