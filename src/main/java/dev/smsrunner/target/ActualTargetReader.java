package dev.smsrunner.target;

import dev.smsrunner.ledger.ActualTarget;
import dev.smsrunner.sms.CurrentTask;
import org.jspecify.annotations.Nullable;

/** Reader of the actual target in {@code current_task} of the source list. */
public final class ActualTargetReader {

    private ActualTargetReader() {}

    /** Reads the actual target; null when there is no task, or the task has no target data. */
    public static @Nullable ActualTarget read(@Nullable CurrentTask task) {
        if (task == null) {
            return null;
        }
        var server = task.targetServer() == null
                ? null
                : blankToNull(task.targetServer().vmId());
        var region = blankToNull(task.regionId());
        var project = blankToNull(task.projectId());
        boolean nothing = task.existServer() == null && server == null && region == null && project == null;
        return nothing ? null : new ActualTarget(task.existServer(), server, region, project);
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
