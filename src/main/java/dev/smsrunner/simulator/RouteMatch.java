package dev.smsrunner.simulator;

import java.util.Map;

/**
 * The operation a call is for.
 *
 * @param route the operation
 * @param path values of the placeholders in its path
 */
record RouteMatch(Route route, Map<String, String> path) {}
