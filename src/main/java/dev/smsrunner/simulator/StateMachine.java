package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The course of one migration as a pure function of its commands and the time. States are computed on each read; no
 * thread runs.
 *
 * @param plan durations and quirks of the server
 * @param fault faults of the server
 * @param syncing whether the task uses continuous sync
 * @param first whether it is the first task of its source; a third party deletes only that task
 * @param fails whether the failures of the fault apply to the type of the migration
 */
record StateMachine(ServerPlan plan, ServerFault fault, boolean syncing, boolean first, boolean fails) {

    /** The copy was repeatedly faster than its limit. */
    private static final String OVER_SPEED_CODE = "SMS.9007";

    private static final Duration MOMENT = Duration.ofSeconds(30);
    private static final Duration LITTLE_WHILE = Duration.ofMinutes(5);

    /** Every phase up to {@code now}, in order. The last element is the current phase. */
    List<TaskPhase> course(TaskPhase begin, List<TaskCommand> commands, Instant now) {
        List<TaskPhase> course = new ArrayList<>(List.of(begin));
        StateMachine current = this;
        for (TaskCommand command : commands) {
            current.advance(course, command.at());
            current = current.of(command.type());
            current.apply(course, command);
        }
        current.advance(course, now);
        return course;
    }

    /** The type may change between two starts. */
    private StateMachine of(String type) {
        return new StateMachine(plan, fault, syncing, first, fault.concerns(type));
    }

    CopyWork work() {
        return CopyWork.of(plan, fault);
    }

    /** Completed copy work at a moment. */
    Duration copied(TaskPhase situation, Instant now) {
        return situation.phase() == Phase.COPYING ? work().at(situation, now) : situation.copied();
    }

    private static TaskPhase last(List<TaskPhase> course) {
        return course.get(course.size() - 1);
    }

    private void advance(List<TaskPhase> course, Instant now) {
        @Nullable TaskPhase next = next(last(course));
        while (next != null && !next.since().isAfter(now)) {
            course.add(next);
            next = next(next);
        }
    }

    private void apply(List<TaskPhase> course, TaskCommand command) {
        TaskPhase current = last(course);
        Phase next = phaseAfter(command.operation(), current);
        if (next != current.phase()) {
            course.add(current.then(next, command.at(), copied(current, command.at()), true));
        }
    }

    private static Phase phaseAfter(ServedOperation operation, TaskPhase current) {
        return switch (operation) {
            case START -> startPhase(current);
            case RESTART -> current.phase().isFinished() ? Phase.SYNCING_AGAIN : startPhase(current);
            case STOP -> Phase.STOPPING;
            case TEST -> Phase.LAUNCHING_SYNCED;
            case CLONE_TEST -> Phase.CLONING;
            case SKIP -> Phase.SKIPPING;
            case CLEAR -> Phase.CLEARING;
            case MIGRATION_TEST -> Phase.DRILL_READY;
            case DELETE -> Phase.DELETING;
            case SYNC_FAILED_ROLLBACK -> Phase.ROLLING_BACK;
            case NETWORK_CHECK, COLLECT_LOG -> current.phase();
        };
    }

    private static Phase startPhase(TaskPhase current) {
        return current.copyDone() ? Phase.SYNCING : Phase.INITIALIZING;
    }

    private @Nullable TaskPhase next(TaskPhase s) {
        return switch (s.phase()) {
            case INITIALIZING -> after(s, plan.initialise(), Phase.COPYING);
            case COPYING -> afterCopying(s);
            case COPIED -> after(s, MOMENT, Phase.SYNCING);
            case SYNCING -> failsInSync(s) ? after(s, LITTLE_WHILE, failed(Phase.SYNC_FAILED)) : null;
            case CLONING, SKIPPING -> after(s, LITTLE_WHILE, Phase.SYNCING);
            case DRILL_READY -> after(s, MOMENT, Phase.DRILLING);
            case DRILLING -> after(s, LITTLE_WHILE, Phase.DRILLED);
            case LAUNCHING -> after(s, plan.launch(), Phase.FINISHED);
            case LAUNCHING_SYNCED -> after(s, plan.launch(), plan.endsAsSync() ? Phase.SYNC_FINISHED : Phase.FINISHED);
            case SYNCING_AGAIN -> after(s, LITTLE_WHILE, Phase.SYNC_FINISHED);
            case ROLLING_BACK -> after(s, LITTLE_WHILE, Phase.ROLLED_BACK);
            case STOPPING -> after(s, MOMENT, Phase.STOPPED);
            case CLEARING -> after(s, MOMENT, Phase.CLEARED);
            case DELETING -> after(s, MOMENT, Phase.GONE);
            case CONFIGURED,
                    DRILLED,
                    FINISHED,
                    SYNC_FINISHED,
                    STOPPED,
                    OVER_SPEED,
                    COPY_FAILED,
                    SYNC_FAILED,
                    ROLLED_BACK,
                    CLEARED,
                    GONE -> null;
        };
    }

    private static TaskPhase after(TaskPhase s, Duration lasting, Phase next) {
        return s.then(next, s.since().plus(lasting), false);
    }

    private TaskPhase afterCopying(TaskPhase s) {
        CopyWork work = work();
        Duration deleted = deleteMark(s, work.total());
        Duration failed = failMark(s, work.total());
        if (deleted != null && (failed == null || deleted.compareTo(failed) <= 0)) {
            return s.then(Phase.GONE, work.reach(s, deleted), deleted, false);
        }
        if (failed != null) {
            return s.then(failed(Phase.COPY_FAILED), work.reach(s, failed), failed, false);
        }
        return s.then(afterCopy(), work.reach(s, work.total()), work.total(), false);
    }

    /** The service pauses a task that is too fast instead of failing it. */
    private Phase failed(Phase usual) {
        return fault.failCode().equals(OVER_SPEED_CODE) ? Phase.OVER_SPEED : usual;
    }

    private Phase afterCopy() {
        if (!syncing) {
            return Phase.LAUNCHING;
        }
        return plan.showsWaypoint() ? Phase.COPIED : Phase.SYNCING;
    }

    private @Nullable Duration deleteMark(TaskPhase s, Duration total) {
        if (!first || fault.deleteTaskAt() == null) {
            return null;
        }
        Duration mark = CopyWork.share(total, fault.deleteTaskAt());
        return mark.compareTo(s.copied()) >= 0 ? mark : null;
    }

    /** Each further failure occurs slightly later in the copy than the previous one. */
    private @Nullable Duration failMark(TaskPhase s, Duration total) {
        if (!fails || fault.failInSync() || s.failures() >= fault.failTimes()) {
            return null;
        }
        Duration mark = CopyWork.share(total, fault.failAt());
        Duration later = s.copied().plus(total.minus(s.copied()).dividedBy(10));
        return s.failures() == 0 && mark.compareTo(s.copied()) > 0 ? mark : later;
    }

    private boolean failsInSync(TaskPhase s) {
        return fails && fault.failInSync() && s.failures() < fault.failTimes();
    }
}
