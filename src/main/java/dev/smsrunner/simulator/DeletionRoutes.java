package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * DeleteTask, DeleteTasks, DeleteServer and DeleteServers. Each deleted task or source has an entry of its own in the audit:
 * {@code DeleteTask} or {@code DeleteServer}. The entry of a batch call itself has no effect, or its refusal.
 */
final class DeletionRoutes {

    /** Source states in which a connected source and its task cannot be deleted (pages of 2026-01-06 and 2026-01-27). */
    private static final Set<String> UNDELETABLE = Set.of(
            "initialize",
            "stopping",
            "deleting",
            "cloning",
            "replicate",
            "syncing",
            "cutovering",
            "skipping",
            "clearing",
            "premiging");

    /** Maximum number of ids in one call (pages of 2026-01-27). */
    private static final int MOST_IDS = 50;

    private final SimulatedCloud cloud;

    DeletionRoutes(SimulatedCloud cloud) {
        this.cloud = cloud;
    }

    SimulatedResponse deleteTask(Request request) {
        SimulatedTask task = deletableTask(request.id(), request);
        request.trace().before(TaskRoutes.states(task, request.now()));
        TaskRoutes.command(cloud, task, ServedOperation.DELETE, request.now());
        request.trace().markExecuted(TaskRoutes.states(task, request.now()));
        return SimulatedResponse.accepted();
    }

    SimulatedResponse deleteTasks(Request request) {
        return deleteSeveral(
                request,
                id -> deletableTask(id, request),
                (task, before) -> {
                    TaskRoutes.command(cloud, task, ServedOperation.DELETE, request.now());
                    cloud.recordEffect(
                            "DeleteTask",
                            task.server().id(),
                            task.id(),
                            before,
                            TaskRoutes.states(task, request.now()),
                            request);
                },
                task -> TaskRoutes.states(task, request.now()));
    }

    SimulatedResponse deleteSource(Request request) {
        SimulatedServer server = deletableSource(request.id(), request);
        request.trace().before(server.displayedState(request.now()).state());
        remove(server, request.now());
        request.trace().markExecuted("deleted");
        return SimulatedResponse.accepted();
    }

    SimulatedResponse deleteSources(Request request) {
        return deleteSeveral(
                request,
                id -> deletableSource(id, request),
                (server, before) -> {
                    String task = idOf(cloud.taskOf(server, request.now()));
                    remove(server, request.now());
                    cloud.recordEffect("DeleteServer", server.id(), task, before, "deleted", request);
                },
                server -> server.displayedState(request.now()).state());
    }

    /**
     * Deletes the resources of the body. No page states what an id does that cannot be deleted; the fault file chooses.
     *
     * @param deletable finds a resource by id, or refuses
     * @param delete receives a resource and its states before
     */
    private <T> SimulatedResponse deleteSeveral(
            Request request, Function<String, T> deletable, BiConsumer<T, String> delete, Function<T, String> states) {
        DeleteBatchRule rule = cloud.deleteBatchRule();
        Set<T> resources = new LinkedHashSet<>();
        @Nullable Refusal refusal = null;
        for (String id : ids(request)) {
            try {
                resources.add(deletable.apply(id));
            } catch (Refusal ex) {
                if (rule == DeleteBatchRule.REFUSES_ALL) {
                    throw ex;
                }
                refusal = refusal == null ? ex : refusal;
            }
        }
        resources.forEach(resource -> delete.accept(resource, states.apply(resource)));
        if (refusal != null && rule == DeleteBatchRule.REFUSES_ITSELF) {
            throw refusal;
        }
        request.trace().on(null, null);
        return SimulatedResponse.accepted();
    }

    private static List<String> ids(Request request) {
        JsonNode ids = request.body().path("ids");
        if (!(ids instanceof ArrayNode) || ids.isEmpty() || ids.size() > MOST_IDS) { // no page names the code
            throw Refusal.service("SMS.9001", "ids must be a list of 1 to " + MOST_IDS + " ids.", "ids");
        }
        return ids.valueStream().map(id -> id.asString("")).distinct().toList();
    }

    private SimulatedTask deletableTask(String id, Request request) {
        SimulatedTask task = TaskRoutes.find(cloud, id, request.now());
        request.trace().on(task.server().id(), task.id());
        Phase phase = task.situation(request.now()).phase();
        boolean connected = task.server().isConnected(request.now());
        if (connected && UNDELETABLE.contains(phase.sourceState()) || phase == Phase.ROLLING_BACK) {
            throw Refusal.wrongState("SMS.7719", "Task " + id + " cannot be deleted: it is " + phase.taskState() + ".");
        }
        return task;
    }

    private SimulatedServer deletableSource(String id, Request request) {
        SimulatedServer server = SourceRoutes.find(cloud, id);
        request.trace().on(server.id(), idOf(cloud.taskOf(server, request.now())));
        String state = server.displayedState(request.now()).state();
        if (server.isConnected(request.now()) && UNDELETABLE.contains(state)) {
            throw Refusal.wrongState(
                    "SMS.7719", "Source server " + server.name() + " cannot be deleted: it is " + state + ".");
        }
        return server;
    }

    /** Removes the source with its task. Only a restart of its agent would bring it back. */
    private void remove(SimulatedServer server, Instant now) {
        SimulatedTask task = cloud.taskOf(server, now);
        if (task != null) {
            TaskRoutes.command(cloud, task, ServedOperation.DELETE, now);
        }
        cloud.execute(new Mutation(now, Mutation.Kind.DELETE_SOURCE, server.id(), SimulatorJson.object()));
    }

    private static @Nullable String idOf(@Nullable SimulatedTask task) {
        return task == null ? null : task.id();
    }
}
