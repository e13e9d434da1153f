package dev.smsrunner.job.migrate.task;

import dev.smsrunner.support.Sha256;

/**
 * Name of a migration task, derived from the source so that the runner recognises a task whose create got no answer. CreateTask
 * allows 1 to 64 characters; field reports restrict them to 4 to 20 without hyphens. The name meets both limits.
 */
final class TaskName {

    private static final int READABLE = 9;
    private static final int UNIQUE = 10;

    private TaskName() {}

    static String of(String serverName, String sourceId) {
        var readable = serverName.replaceAll("[^A-Za-z0-9]", "");
        return (readable.isEmpty() ? "sms" : readable.substring(0, Math.min(READABLE, readable.length())))
                + "_"
                + hash(sourceId);
    }

    private static String hash(String text) {
        return Sha256.hex(text).substring(0, UNIQUE);
    }
}
