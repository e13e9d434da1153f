package dev.smsrunner.simulator;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Limit and offset of a list call. The offset counts items; {@code count} in the answer counts all matches.
 *
 * @param offset items skipped
 * @param limit maximum number of items on the page
 */
record PageRequest(int offset, int limit) {

    private static final int LAST_OFFSET = 65535;

    /**
     * Reads limit and offset; a limit of 0 means the default.
     *
     * @throws Refusal SMS.9001 for a limit above {@code most} or an offset above 65535
     */
    static PageRequest of(Request request, int most, int whenAbsent) {
        int limit = number(request, "limit", most);
        return new PageRequest(number(request, "offset", LAST_OFFSET), limit == 0 ? whenAbsent : limit);
    }

    private static int number(Request request, String parameter, int most) {
        String text = request.parameter(parameter);
        if (text.isEmpty()) {
            return 0;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) > most) {
            throw Refusal.service("SMS.9001", parameter + " must be a number from 0 to " + most + ".", parameter);
        }
        return Integer.parseInt(text);
    }

    <T> ObjectNode page(List<T> matches, String field, Function<T, JsonNode> view) {
        ArrayNode items = SimulatorJson.array();
        matches.stream().skip(offset).limit(limit).map(view).forEach(items::add);
        ObjectNode body = SimulatorJson.object().put("count", matches.size());
        body.set(field, items);
        return body;
    }
}
