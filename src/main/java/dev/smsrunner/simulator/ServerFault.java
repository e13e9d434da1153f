package dev.smsrunner.simulator;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong, or merely looks odd, on one server; durations are virtual, shares are of the full copy (0 to 1).
 *
 * @param failTimes how often the migration fails before it succeeds
 * @param failAt share of the copy at which it fails
 * @param failInSync whether it fails in continuous sync instead of the copy
 * @param failCode error code of the failure; with SMS.9007 the service pauses the task
 * @param failType the migration type that fails, null when every one does
 * @param disconnected whether the agent is disconnected from the beginning
 * @param disconnectAt share of the copy at which the agent disconnects, or null
 * @param disconnectFor how long it stays disconnected, or null for ever
 * @param checkError whether the environment check fails
 * @param upperCase whether states are written in upper case
 * @param unknownState a state that no documentation names, shown for a while, or null
 * @param nullProgress whether subtask progress is null
 * @param progressOver100 whether subtask progress runs above 100
 * @param deleteTaskAt share of the copy at which somebody deletes the task, or null
 * @param leftover phase of a task that is there before anybody creates one, or null
 * @param leftoverTarget where that task leads, or null for a new server in the region and project of the sample inventory
 * @param duration copy work instead of the drawn one, or null
 * @param hideNewTaskFor how long lists lag behind a create
 * @param cloneError error code of every clone of the target, or null when clones succeed
 * @param networkBroken whether a network check finds that the source cannot reach its target
 * @param actionShowsAfter how long an accepted action does not show in the task
 * @param comparison what a comparison of the files of source and target finds
 */
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

    static final ServerFault NONE = new ServerFault(
            0,
            0.5,
            false,
            "SMS.0203",
            null,
            false,
            null,
            null,
            false,
            false,
            null,
            false,
            false,
            null,
            null,
            null,
            null,
            Duration.ZERO,
            null,
            false,
            Duration.ZERO,
            FileComparison.SAME);

    /**
     * A state that no documentation names.
     *
     * @param at share of the copy at which it begins
     * @param lasting how long it shows
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
