package dev.smsrunner.task;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

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
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, UNIQUE);
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }
}
