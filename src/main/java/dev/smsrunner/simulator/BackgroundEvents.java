package dev.smsrunner.simulator;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the audit, once each, of what happened to tasks without a call: launch, finish, failure, disappearance. */
final class BackgroundEvents {

    private final SimulatorAudit audit;
    private final Clock clock;
    private final Map<String, Integer> told = new HashMap<>();

    BackgroundEvents(SimulatorAudit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
        audit.entries().stream()
                .filter(entry -> entry.requestId() == null && entry.task() != null)
                .forEach(entry -> told.merge(entry.task(), 1, Integer::sum));
    }

    void tell(SimulatedTask task, List<TaskPhase> course) {
        int known = told.getOrDefault(task.id(), 0);
        int seen = 0;
        for (int i = 1; i < course.size(); i++) {
            String word = word(course.get(i - 1), course.get(i));
            if (word != null && ++seen > known) {
                record(task, word, course.get(i - 1), course.get(i));
            }
        }
        if (seen > known) {
            told.put(task.id(), seen);
        }
    }

    private static @Nullable String word(TaskPhase before, TaskPhase after) {
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

    private void record(SimulatedTask task, String word, TaskPhase before, TaskPhase after) {
        CallRecord trace = new CallRecord(word, word.equals("vanish") ? "console" : "service", null)
                .on(task.server().id(), task.id())
                .before(words(before))
                .code(after.phase().isFailure() ? task.server().fault().failCode() : null)
                .executed(words(after))
                .leadingTo(task.target());
        audit.record(after.since(), clock.instant(), trace);
    }

    /** Task state, source state and cycle in one word for the audit. */
    static String words(TaskPhase situation) {
        return situation.phase().taskState() + "/" + situation.phase().sourceState() + "/" + situation.cycle();
    }
}
