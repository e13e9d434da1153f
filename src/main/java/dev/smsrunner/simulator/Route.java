package dev.smsrunner.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One operation of the API.
 *
 * @param method HTTP method
 * @param segments segments of the path, placeholders in braces
 * @param operation operation name as in the API reference
 * @param handler handler of the call
 */
record Route(String method, String[] segments, String operation, Function<Request, SimulatedResponse> handler) {

    static Route of(String method, String path, String operation, Function<Request, SimulatedResponse> handler) {
        return new Route(method, path.split("/"), operation, handler);
    }

    /** True for the operation that issues tokens, which needs no authentication. */
    boolean isOpen() {
        return operation.equals(RouteTable.CREATE_TOKEN);
    }

    /**
     * Route of a call.
     *
     * @param path values of the placeholders in its path
     */
    record RouteMatch(Route route, Map<String, String> path) {}

    /** The match of a call; empty for another operation. */
    Optional<RouteMatch> match(String wantedMethod, String path) {
        String[] given = path.split("/");
        if (!method.equals(wantedMethod) || given.length != segments.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                values.put(segments[i].substring(1, segments[i].length() - 1), given[i]);
            } else if (!segments[i].equals(given[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(new RouteMatch(this, values));
    }
}
