package dev.smsrunner.simulator;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records each background event of a task in the audit once: launch, finish, failure, disappearance. */
final class BackgroundEvents {

    private final SimulatorAudit audit;
    private final Clock clock;
    private final Map<String, Integer> recorded = new HashMap<>();

    BackgroundEvents(SimulatorAudit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        audit.entries().stream()
                .filter(entry -> entry.requestId() == null && entry.task() != null)
                .forEach(entry -> recorded.merge(entry.task(), 1, Integer::sum));
    }

    void recordNew(SimulatedTask task, List<TaskPhase> course) {
        int known = recorded.getOrDefault(task.id(), 0);
        int count = 0;
        for (int i = 1; i < course.size(); i++) {
            String operation = operation(course.get(i - 1), course.get(i));
            if (operation != null && ++count > known) {
                record(task, operation, course.get(i - 1), course.get(i));
            }
        }
        if (count > known) {
            recorded.put(task.id(), count);
        }
    }

    private static @Nullable String operation(TaskPhase before, TaskPhase after) {
        if (after.commanded()) {
            return null;
        }
        return switch (after.phase()) {
            case LAUNCHING -> "launch";
            case FINISHED, SYNC_FINISHED -> "finish";
            case COPY_FAILED, SYNC_FAILED, OVER_SPEED -> "fail";
            case GONE -> before.phase() == Phase.DELETING ? null : "vanish";
            default -> null;
        };
    }

    private void record(SimulatedTask task, String operation, TaskPhase before, TaskPhase after) {
        CallRecord trace = new CallRecord(operation, operation.equals("vanish") ? "console" : "service", null)
                .on(task.server().id(), task.id())
                .before(states(before))
                .code(after.phase().isFailure() ? task.server().fault().failCode() : null)
                .markExecuted(states(after))
                .target(task.target());
        audit.record(after.since(), clock.instant(), trace);
    }

    /** Task state, source state and cycle as one text for the audit. */
    static String states(TaskPhase situation) {
        return situation.phase().taskState() + "/" + situation.phase().sourceState() + "/" + situation.cycle();
    }
}
