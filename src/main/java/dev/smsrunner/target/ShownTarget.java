package dev.smsrunner.target;

import dev.smsrunner.ledger.ActualTarget;
import dev.smsrunner.sms.CurrentTask;
import org.jspecify.annotations.Nullable;

/** Reads where a task leads from {@code current_task} of the list of sources. */
public final class ShownTarget {

    private ShownTarget() {}

    /** What is shown; null when there is no task, or none of it is shown. */
    public static @Nullable ActualTarget of(@Nullable CurrentTask task) {
        if (task == null) {
            return null;
        }
        var server =
                task.targetServer() == null ? null : filled(task.targetServer().vmId());
        var region = filled(task.regionId());
        var project = filled(task.projectId());
        boolean nothing = task.existServer() == null && server == null && region == null && project == null;
        return nothing ? null : new ActualTarget(task.existServer(), server, region, project);
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
