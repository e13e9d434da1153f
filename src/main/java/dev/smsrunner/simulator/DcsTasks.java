package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The DCS data-migration tasks of the world, one per source server, and the stops dispatched to each. */
final class DcsTasks {

    private final Map<String, DcsTask> tasks = new LinkedHashMap<>();
    private final Map<String, List<Instant>> stops = new LinkedHashMap<>();

    DcsTasks(World world, int count) {
        for (int number = 0; number < count; number++) {
            DcsTask task = DcsTask.of(world, number);
            tasks.put(task.id(), task);
        }
    }

    /** The task with that id, deleted ones included. */
    Optional<DcsTask> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    List<DcsTask> all() {
        return List.copyOf(tasks.values());
    }

    /** Virtual times at which a stop was asked for, oldest first. */
    List<Instant> stopsOf(DcsTask task) {
        return stops.getOrDefault(task.id(), List.of());
    }

    void stop(String id, Instant at) {
        stops.computeIfAbsent(id, key -> new ArrayList<>()).add(at);
    }
}
