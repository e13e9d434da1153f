package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * DeleteTask, DeleteTasks, DeleteServer and DeleteServers. Each task or source of a call has an entry of its own in the audit:
 * {@code DeleteTask} or {@code DeleteServer}. The entry of a batch call itself has no effect, or the refusal of the call.
 */
record DeletionRoutes(SimulatedCloud cloud) {

    /**
     * Source states in which the task of a connected source cannot be deleted (DeleteTasks, pages of 2026-01-06 and 2026-01-27).
     * The page of DeleteServers states none; here they hold for the source too.
     */
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

    SimulatedResponse deleteTask(Request request) {
        return deleteOne(task(request.id(), request.now()), request);
    }

    SimulatedResponse deleteTasks(Request request) {
        return deleteSeveral("DeleteTask", id -> task(id, request.now()), request);
    }

    SimulatedResponse deleteSource(Request request) {
        return deleteOne(source(request.id(), request.now()), request);
    }

    SimulatedResponse deleteSources(Request request) {
        return deleteSeveral("DeleteServer", id -> source(id, request.now()), request);
    }

    private static SimulatedResponse deleteOne(Deletion deletion, Request request) {
        request.trace().on(deletion.source(), deletion.task()).before(deletion.before());
        deletion.require();
        deletion.run();
        request.trace().markExecuted(deletion.after());
        return SimulatedResponse.accepted();
    }

    /** No page states what an id that cannot be deleted does to the others; the fault file chooses. */
    private SimulatedResponse deleteSeveral(String operation, Function<String, Deletion> find, Request request) {
        DeleteBatchRule rule = cloud.rules().deleteBatchRule();
        List<Deletion> deletions = ids(request).stream().map(find).toList();
        List<Deletion> bad =
                deletions.stream().filter(each -> each.refusal() != null).toList();
        bad.forEach(each -> cloud.record(refused(operation, each, rule, request), request));
        if (bad.isEmpty() || rule != DeleteBatchRule.REFUSES_ALL) {
            deletions.stream().filter(each -> each.refusal() == null).forEach(each -> {
                each.run();
                cloud.recordEffect(operation, each.source(), each.task(), each.before(), each.after(), request);
            });
        }
        if (!bad.isEmpty() && rule != DeleteBatchRule.IGNORED) {
            bad.get(0).require();
        }
        return SimulatedResponse.accepted();
    }

    private static CallRecord refused(String operation, Deletion deletion, DeleteBatchRule rule, Request request) {
        CallRecord entry = request.trace()
                .withOperation(operation)
                .on(deletion.source(), deletion.task())
                .before(deletion.before());
        Refusal refusal = Objects.requireNonNull(deletion.refusal());
        return rule == DeleteBatchRule.IGNORED
                ? entry.status(200)
                : entry.markRefused(refusal).status(refusal.status());
    }

    /**
     * Deletion of one task or source.
     *
     * @param source id of the source, or null
     * @param task id of the task, or null
     * @param before states before, or null when it does not exist
     * @param refusal why it cannot be deleted, or null
     * @param command carries it out
     * @param states states afterwards
     */
    private record Deletion(
            @Nullable String source,
            @Nullable String task,
            @Nullable String before,
            @Nullable Refusal refusal,
            Runnable command,
            Supplier<String> states) {

        static Deletion missing(@Nullable String source, @Nullable String task, Refusal refusal) {
            return new Deletion(source, task, null, refusal, () -> {}, () -> "");
        }

        void require() {
            if (refusal != null) {
                throw refusal;
            }
        }

        void run() {
            command.run();
        }

        String after() {
            return states.get();
        }
    }

    private static List<String> ids(Request request) {
        JsonNode ids = request.body().path("ids");
        if (!(ids instanceof ArrayNode) || ids.isEmpty() || ids.size() > MOST_IDS) { // no page names the code
            throw Refusal.service("SMS.9001", "ids must be a list of 1 to " + MOST_IDS + " ids.", "ids");
        }
        return ids.valueStream().map(id -> id.asString("")).distinct().toList();
    }

    private Deletion task(String id, Instant now) {
        SimulatedTask task;
        try {
            task = TaskRoutes.find(cloud, id, now);
        } catch (Refusal ex) {
            return Deletion.missing(null, id, ex);
        }
        Phase phase = task.situation(now).phase();
        boolean connected = task.server().isConnected(now);
        boolean busy = connected && UNDELETABLE.contains(phase.sourceState()) || phase == Phase.ROLLING_BACK;
        return new Deletion(
                task.server().id(),
                id,
                TaskRoutes.states(task, now),
                busy ? busy("Task " + id, phase.taskState()) : null,
                () -> TaskRoutes.command(cloud, task, ServedOperation.DELETE, now),
                () -> TaskRoutes.states(task, now));
    }

    private Deletion source(String id, Instant now) {
        SimulatedServer server;
        try {
            server = SourceRoutes.find(cloud, id);
        } catch (Refusal ex) {
            return Deletion.missing(id, null, ex);
        }
        SimulatedTask task = cloud.taskOf(server, now);
        String state = server.displayedState(now).state();
        boolean busy = server.isConnected(now) && UNDELETABLE.contains(state);
        return new Deletion(
                id,
                task == null ? null : task.id(),
                state,
                busy ? busy("Source server " + server.name(), state) : null,
                () -> remove(server, now),
                () -> "deleted");
    }

    private static Refusal busy(String what, String state) {
        return Refusal.wrongState("SMS.7719", what + " cannot be deleted: it is " + state + ".");
    }

    /** Removes the source with its task. Only a restart of its agent would bring it back. */
    private void remove(SimulatedServer server, Instant now) {
        SimulatedTask task = cloud.taskOf(server, now);
        if (task != null) {
            TaskRoutes.command(cloud, task, ServedOperation.DELETE, now);
        }
        cloud.execute(new Mutation(now, Mutation.Kind.DELETE_SOURCE, server.id(), SimulatorJson.object()));
    }
}
