package dev.smsrunner.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The JSON mapper of the simulator, and methods that create and read its nodes. */
final class SimulatorJson {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private SimulatorJson() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** The text of a field, or "" when the field is absent, null or not a scalar. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isValueNode() && !value.isNull() ? value.asString() : "";
    }

    static boolean flag(JsonNode node, String field, boolean whenAbsent) {
        JsonNode value = node.path(field);
        return value.isBoolean() ? value.booleanValue() : whenAbsent;
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
