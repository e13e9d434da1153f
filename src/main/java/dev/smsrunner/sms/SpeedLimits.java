package dev.smsrunner.sms;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The speed limits of a task by time of day (UpdateSpeed and ShowsSpeedLimits, API reference 2026-01-27): a set of 0 to 5, whatever
 * their order.
 *
 * @param limits empty when there shall be none
 */
public record SpeedLimits(List<Limit> limits) {

    /** The default of {@code over_speed_threshold} (UpdateSpeed, 2026-01-27). */
    private static final double USUAL_THRESHOLD = 10;

    /**
     * One of them.
     *
     * @param start {@code HH:MM}
     * @param end {@code HH:MM}, or {@code 24:00}
     * @param speed Mbit/s, 0 is none
     * @param overSpeedThreshold percent, 10 to 100; null is sent as nothing and means 10
     */
    public record Limit(
            String start, String end, int speed, @Nullable Integer overSpeedThreshold) {}

    public SpeedLimits {
        limits = List.copyOf(limits);
    }

    /** The list as UpdateSpeed takes it. */
    public ArrayNode json() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var limit : limits) {
            var one = list.addObject()
                    .put("start", limit.start())
                    .put("end", limit.end())
                    .put("speed", limit.speed());
            if (limit.overSpeedThreshold() != null) {
                one.put("over_speed_threshold", limit.overSpeedThreshold());
            }
        }
        return list;
    }

    /** Whether a list means the same as the other: {@code 8:00} is {@code 08:00}, and a day ends at {@code 24:00} or {@code 00:00}. */
    public static boolean same(JsonNode one, JsonNode other) {
        return one.size() == other.size() && meaning(one).equals(meaning(other));
    }

    private static Set<String> meaning(JsonNode list) {
        var meaning = new HashSet<String>();
        for (var limit : list) {
            meaning.add("%s-%s=%s@%s"
                    .formatted(
                            time(limit.path("start")),
                            time(limit.path("end")),
                            limit.path("speed").asInt(0),
                            limit.path("over_speed_threshold").asDouble(USUAL_THRESHOLD)));
        }
        return meaning;
    }

    private static String time(JsonNode text) {
        var time = text.asString("").strip();
        var padded = time.length() == 4 ? "0" + time : time;
        return padded.equals("24:00") ? "00:00" : padded;
    }
}
