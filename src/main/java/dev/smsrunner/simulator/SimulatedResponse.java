package dev.smsrunner.simulator;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer before it is sent.
 *
 * @param status HTTP status
 * @param body JSON body
 * @param headers headers besides Content-Type and X-Request-Id
 */
record SimulatedResponse(int status, JsonNode body, Map<String, String> headers) {

    static SimulatedResponse ok(JsonNode body) {
        return new SimulatedResponse(200, body, Map.of());
    }

    /** 200 with {@code {}}, the answer of SMS to most writes. */
    static SimulatedResponse accepted() {
        return ok(SimulatorJson.object());
    }

    static SimulatedResponse id(String id) {
        return ok(SimulatorJson.object().put("id", id));
    }

    /** The error body of SMS and the gateway, or the shorter one of DCS. */
    static SimulatedResponse of(Refusal refusal) {
        String text = refusal.getMessage();
        ObjectNode body =
                SimulatorJson.object().put("error_code", refusal.code()).put("error_msg", text);
        if (refusal.code().startsWith("DCS.")) {
            return new SimulatedResponse(refusal.status(), body.putNull("error_ext_msg"), Map.of());
        }
        ArrayNode params = SimulatorJson.array();
        refusal.params().forEach(params::add);
        body.set("error_param", params);
        body.putArray("details").addObject().put("error_code", refusal.code()).put("error_msg", text);
        return new SimulatedResponse(refusal.status(), body, Map.of());
    }

    SimulatedResponse withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new SimulatedResponse(status, body, more);
    }
}
