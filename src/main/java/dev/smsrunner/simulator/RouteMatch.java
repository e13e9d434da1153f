package dev.smsrunner.simulator;

import java.util.Map;

/**
 * The route of a call.
 *
 * @param route the operation
 * @param path values of the placeholders in its path
 */
record RouteMatch(Route route, Map<String, String> path) {}
