package dev.smsrunner.simulator;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Faults and unusual behaviour of one server. Durations are virtual; shares are parts of the full copy (0 to 1).
 *
 * @param failTimes number of failures before the migration succeeds
 * @param failAt share of the copy at which it fails
 * @param failInSync whether it fails in continuous sync instead of the copy
 * @param failCode error code of the failure; with SMS.9007 the service pauses the task
 * @param failType the migration type that fails, null for every type
 * @param disconnected whether the agent is disconnected from the start
 * @param disconnectAt share of the copy at which the agent disconnects, or null
 * @param disconnectFor duration of the disconnection, or null for unlimited
 * @param checkError whether the environment check fails
 * @param upperCase whether states are written in upper case
 * @param unknownState an undocumented state shown for a while, or null
 * @param nullProgress whether subtask progress is null
 * @param progressOver100 whether subtask progress runs above 100
 * @param deleteTaskAt share of the copy at which a third party deletes the task, or null
 * @param leftover phase of a task that exists before the first CreateTask call, or null
 * @param leftoverTarget target of that task, or null for a new server in the region and project of the sample inventory
 * @param duration copy work instead of the generated one, or null
 * @param hideNewTaskFor time by which lists lag behind a create
 * @param cloneError error code of every clone of the target, or null when clones succeed
 * @param networkBroken whether a network check finds that the source cannot reach its target
 * @param actionShowsAfter time until an accepted action shows in the task
 * @param comparison result of a comparison of the files of source and target
 */
@RecordBuilder
record ServerFault(
        int failTimes,
        double failAt,
        boolean failInSync,
        String failCode,
        @Nullable String failType,
        boolean disconnected,
        @Nullable Double disconnectAt,
        @Nullable Duration disconnectFor,
        boolean checkError,
        boolean upperCase,
        @Nullable UnknownState unknownState,
        boolean nullProgress,
        boolean progressOver100,
        @Nullable Double deleteTaskAt,
        @Nullable Phase leftover,
        @Nullable LeftoverTarget leftoverTarget,
        @Nullable Duration duration,
        Duration hideNewTaskFor,
        @Nullable String cloneError,
        boolean networkBroken,
        Duration actionShowsAfter,
        FileComparison comparison) {

    static final ServerFault NONE = ServerFaultBuilder.builder()
            .failAt(0.5)
            .failCode("SMS.0203")
            .hideNewTaskFor(Duration.ZERO)
            .actionShowsAfter(Duration.ZERO)
            .comparison(FileComparison.SAME)
            .build();

    /**
     * An undocumented state.
     *
     * @param at share of the copy at which it starts
     * @param lasting duration
     * @param value the text shown
     * @param onSource whether the source shows it
     * @param onTask whether the task shows it
     */
    record UnknownState(double at, Duration lasting, String value, boolean onSource, boolean onTask) {}

    /** Whether migrations of that type fail. */
    boolean concerns(String type) {
        return failType == null || failType.equals(type);
    }

    Duration copyOf(ServerPlan plan) {
        return duration == null ? plan.copy() : duration;
    }
}
