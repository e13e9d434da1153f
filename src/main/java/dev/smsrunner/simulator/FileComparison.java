package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The comparison of the files of source and target (subtask CHECK_CONSISTENCY) and its result in every documented shape of
 * ShowConsistencyResult. CreateTask or an action requests it.
 *
 * @param different files with different contents
 * @param missing files missing on the target
 * @param more files only on the target
 * @param takes virtual time from start to result
 * @param atLaunch whether it starts at the launch; otherwise as soon as the copy is complete
 * @param shape shape of the answer
 */
record FileComparison(int different, int missing, int more, Duration takes, boolean atLaunch, Shape shape) {

    /** No differences. */
    static final FileComparison SAME = new FileComparison(0, 0, 0, Duration.ofMinutes(2), false, Shape.OBJECTS);

    private static final int FILES = 1200;

    /** The shapes of the answer. */
    enum Shape {
        /** {@code result_list} of objects (page of 2025-12). */
        OBJECTS,
        /** {@code result_list} of texts that contain JSON (page of 2026-01-27, "array of strings"). */
        TEXTS,
        /** One result at the top of the answer (page of 2024-09). */
        TOP
    }

    /** End of the latest comparison of the task, or null when none has ended or none was requested. */
    static @Nullable Instant latestEnd(SimulatedTask task, Instant now) {
        FileComparison comparison = task.server().fault().comparison();
        Instant latest = null;
        for (Instant requested : task.comparisonRequests()) {
            Instant start = comparison.start(task.course(now), requested);
            Instant end = start == null ? null : start.plus(comparison.takes);
            if (end != null && !end.isAfter(now) && (latest == null || end.isAfter(latest))) {
                latest = end;
            }
        }
        return latest;
    }

    /** Start of the comparison requested at that moment, or null when it has not started. */
    private @Nullable Instant start(List<TaskPhase> course, Instant requested) {
        for (int i = 0; i < course.size(); i++) {
            TaskPhase situation = course.get(i);
            boolean over = i + 1 < course.size() && !course.get(i + 1).since().isAfter(requested);
            Phase phase = situation.phase();
            boolean comparable = phase.isLaunch() || phase.isFinished() || phase == Phase.SYNCING && !atLaunch;
            if (!over && comparable) {
                return situation.since().isAfter(requested) ? situation.since() : requested;
            }
        }
        return null;
    }

    /** The answer of ShowConsistencyResult; without a result an empty list. */
    static ObjectNode answer(SimulatedTask task, Instant now) {
        ObjectNode body = SimulatorJson.object().put("task_id", task.id());
        FileComparison comparison = task.server().fault().comparison();
        Instant ended = latestEnd(task, now);
        if (ended == null) {
            body.putArray("result_list");
            return body;
        }
        ObjectNode result = comparison.result(ended);
        switch (comparison.shape) {
            case OBJECTS -> body.putArray("result_list").add(result);
            case TEXTS -> body.putArray("result_list").add(result.toString());
            case TOP -> {
                body.set("consistency_result", result.path("consistency_result"));
                body.set("finished_time", result.path("finished_time"));
            }
        }
        return body;
    }

    private ObjectNode result(Instant ended) {
        ObjectNode result = SimulatorJson.object().put("finished_time", ended.toEpochMilli());
        result.put("check_result", "");
        List<ObjectNode> directories = new ArrayList<>();
        directories.add(directory("/", 0, 0, 0));
        if (different + missing + more > 0) {
            directories.add(directory("/var/lib", different, missing, more));
        }
        result.putArray("consistency_result").addAll(directories);
        return result;
    }

    private static ObjectNode directory(String name, int different, int missing, int more) {
        ObjectNode directory = SimulatorJson.object().put("dir_check", name).put("num_total_files", FILES);
        directory.put("num_different_files", different).put("num_target_miss_files", missing);
        return directory.put("num_target_more_files", more);
    }
}
