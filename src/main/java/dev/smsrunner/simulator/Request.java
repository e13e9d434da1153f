package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An authenticated call as passed to the routes.
 *
 * @param path values of the placeholders of the route's path
 * @param query query parameters, decoded
 * @param content body as received
 * @param now virtual time
 * @param trace audit record of the call
 */
record Request(Map<String, String> path, Map<String, String> query, byte[] content, Instant now, CallRecord trace) {

    String id() {
        return path.getOrDefault("id", "");
    }

    /** @throws Refusal SMS.9001 when the body is not a JSON object */
    ObjectNode body() {
        try {
            JsonNode node = SimulatorJson.MAPPER.readTree(content);
            if (node instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException ex) {
            throw Refusal.service("SMS.9001", "The request body is not JSON: " + ex.getOriginalMessage());
        }
        throw Refusal.service("SMS.9001", "The request body must be a JSON object.");
    }

    /** Value of a query parameter, empty when it is missing. */
    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    boolean has(String parameter) {
        return !parameter(parameter).isEmpty();
    }
}
