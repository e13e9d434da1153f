package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The clone of a target in the JSON of a task: clone_state PREPARING, CREATING, then FINISHED or ERROR (ShowTask). */
final class CloneView {

    private static final Duration PREPARING = Duration.ofMinutes(1);

    private CloneView() {}

    /** The latest clone, or null when none was requested. */
    static JsonNode of(SimulatedTask task, Instant now) {
        TaskPhase cloning = latest(task, now);
        if (cloning == null) {
            return SimulatorJson.MAPPER.nullNode();
        }
        ObjectNode clone = SimulatorJson.object();
        clone.put("name", SimulatorJson.text(task.spec().path("target_server"), "name") + "-clone");
        boolean underWay = task.situation(now).phase() == Phase.CLONING;
        return underWay ? runningClone(clone, cloning, now) : endedClone(clone, task, cloning);
    }

    private static @Nullable TaskPhase latest(SimulatedTask task, Instant now) {
        return task.course(now).stream()
                .filter(situation -> situation.phase() == Phase.CLONING)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static ObjectNode runningClone(ObjectNode clone, TaskPhase cloning, Instant now) {
        boolean preparing = now.isBefore(cloning.since().plus(PREPARING));
        return state(clone, preparing ? "PREPARING" : "CREATING", "", "");
    }

    private static ObjectNode endedClone(ObjectNode clone, SimulatedTask task, TaskPhase cloning) {
        @Nullable String error = task.server().fault().cloneError();
        if (error != null) {
            return state(clone, "ERROR", error, "The clone of the target could not be made.");
        }
        String seed = "clone/" + task.id() + "/" + cloning.since();
        clone.put(
                "vm_id",
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
        return state(clone, "FINISHED", "", "");
    }

    private static ObjectNode state(ObjectNode clone, String state, String error, String text) {
        return clone.put("clone_state", state).put("clone_error", error).put("error_msg", text);
    }
}
