package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The subtasks of a migration and their progress, computed from its course. */
final class Subtasks {

    private static final List<String> PREPARATION =
            List.of("CREATE_CLOUD_SERVER", "SSL_CONFIG", "ATTACH_AGENT_IMAGE", "FORMAT_DISK_");

    private Subtasks() {}

    /**
     * A subtask at a moment.
     *
     * @param name name, spelled as the service does
     * @param progress percent done, 0 to 100
     * @param from start time, or null
     * @param to end time, or null
     */
    private record Step(
            String name,
            int progress,
            @Nullable Instant from,
            @Nullable Instant to) {}

    static ArrayNode list(SimulatedTask task, Instant now) {
        ArrayNode list = SimulatorJson.array();
        long id = 7000 + Math.floorMod(task.id().hashCode(), 100_000);
        for (Step step : steps(task, now)) {
            ObjectNode json = list.addObject().put("id", id++).put("name", step.name());
            json.put("progress", displayedProgress(task, step.progress()));
            json.put("start_date", SimulatorJson.millis(step.from())).put("end_date", SimulatorJson.millis(step.to()));
            json.put("user_op", "REPLICATE").put("process_trace", "");
        }
        return list;
    }

    /** The current subtask and its progress, for example ATTACH_AGENT_IMAGE-90, or null before the start. */
    static @Nullable String info(SimulatedTask task, Instant now) {
        Step current = null;
        for (Step step : steps(task, now)) {
            current = step.from() == null ? current : step;
        }
        return current == null ? null : current.name() + "-" + current.progress();
    }

    private static @Nullable Integer displayedProgress(SimulatedTask task, int progress) {
        ServerPlan plan = task.server().plan();
        ServerFault fault = task.server().fault();
        if (plan.nullProgress() || fault.nullProgress()) {
            return null;
        }
        return plan.progressOver100() || fault.progressOver100() ? progress * 13 / 10 : progress;
    }

    private static List<Step> steps(SimulatedTask task, Instant now) {
        List<Step> steps = new ArrayList<>();
        Instant start = TaskView.startTime(task, now);
        Duration each = task.server().plan().initialise().dividedBy(PREPARATION.size());
        for (int i = 0; i < PREPARATION.size(); i++) {
            String name = PREPARATION.get(i).endsWith("_") ? PREPARATION.get(i) + system(task) : PREPARATION.get(i);
            steps.add(timed(name, start == null ? null : start.plus(each.multipliedBy(i)), each, now));
        }
        steps.add(copy(task, now));
        steps.addAll(ending(task, now));
        return steps;
    }

    private static Step copy(SimulatedTask task, Instant now) {
        Instant from = since(task, now, Phase.COPYING);
        double share = TaskView.share(task, now);
        String name = task.situation(now).phase().inSync() ? "SYNC_" : "MIGRATE_";
        return new Step(name + system(task) + "_" + kind(task), (int) (share * 100), from, null);
    }

    private static List<Step> ending(SimulatedTask task, Instant now) {
        Instant launched = since(task, now, Phase.LAUNCHING);
        Instant from = launched == null ? since(task, now, Phase.LAUNCHING_SYNCED) : launched;
        Duration half = task.server().plan().launch().dividedBy(2);
        return List.of(
                timed("CONFIGURE_" + system(task), from, half, now),
                timed("DETTACH_AGENT_IMAGE", from == null ? null : from.plus(half), half, now));
    }

    private static Step timed(String name, @Nullable Instant from, Duration lasting, Instant now) {
        if (from == null || now.isBefore(from)) {
            return new Step(name, 0, null, null);
        }
        Instant to = from.plus(lasting);
        long percent = 100 * Duration.between(from, now).toMillis() / Math.max(1, lasting.toMillis());
        return new Step(name, (int) Math.min(100, percent), from, now.isBefore(to) ? null : to);
    }

    private static @Nullable Instant since(SimulatedTask task, Instant now, Phase phase) {
        return task.course(now).stream()
                .filter(situation -> situation.phase() == phase)
                .map(TaskPhase::since)
                .reduce((first, second) -> second)
                .orElse(null);
    }

    private static String system(SimulatedTask task) {
        return task.server().machine().osType();
    }

    private static String kind(SimulatedTask task) {
        return SimulatorJson.text(task.spec(), "type").endsWith("BLOCK") ? "BLOCK" : "FILE";
    }
}
