package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The DCS data-migration tasks of the world and when a stop was dispatched to each. */
final class DcsTasks {

    private final Map<String, Instant> stops = new LinkedHashMap<>();
    private final World world;

    DcsTasks(World world) {
        this.world = world;
    }

    void stop(String id, Instant at) {
        stops.putIfAbsent(id, at);
    }
}
