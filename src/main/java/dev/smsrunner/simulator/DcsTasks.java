package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The DCS data-migration tasks of the world, one per source server, and the stops dispatched to each. */
final class DcsTasks {

    private final Map<String, SimulatedDcsTask> tasks = new LinkedHashMap<>();
    private final Map<String, String> projectOf = new LinkedHashMap<>();
    private final Map<String, List<Instant>> stops = new LinkedHashMap<>();
    private final WorldRules rules;
    private final List<String> projects;
    private final Set<String> deleted = new HashSet<>();

    DcsTasks(ServerGenerator world, int count, WorldRules rules) {
        this.rules = rules;
        this.projects = rules.dcsProjects();
        for (int number = 0; number < count; number++) {
            SimulatedDcsTask task = SimulatedDcsTask.of(world, number);
            tasks.put(task.id(), task);
            if (!projects.isEmpty()) {
                projectOf.put(task.id(), projects.get(number % projects.size()));
            }
        }
    }

    boolean knows(String project) {
        return projects.isEmpty() || projects.contains(project);
    }

    /** The task with that id in the project, including deleted tasks. */
    Optional<SimulatedDcsTask> find(String project, String id) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> isIn(project, task));
    }

    List<SimulatedDcsTask> all(String project) {
        return tasks.values().stream().filter(task -> isIn(project, task)).toList();
    }

    private boolean isIn(String project, SimulatedDcsTask task) {
        return projects.isEmpty() || project.equals(projectOf.get(task.id()));
    }

    /** The status shown to callers. */
    String displayedStatus(SimulatedDcsTask task, Instant now) {
        String status = task.status(stopsOf(task), now);
        return rules.hidesDcsPhase() && SimulatedDcsTask.COPYING.contains(status) ? "MIGRATING" : status;
    }

    /** Virtual times of the stop requests, oldest first. */
    List<Instant> stopsOf(SimulatedDcsTask task) {
        return stops.getOrDefault(task.id(), List.of());
    }

    /** True for a task deleted by a call or from the start. */
    boolean isGone(SimulatedDcsTask task) {
        return task.isDeleted() || deleted.contains(task.id());
    }

    void delete(String id) {
        deleted.add(id);
    }

    void stop(String id, Instant at) {
        stops.computeIfAbsent(id, key -> new ArrayList<>()).add(at);
    }
}
