package dev.smsrunner.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Effective user id of this process, which the kernel uses for file access. */
final class EffectiveUser {

    static final int ROOT = 0;

    /** The second number of this line is the effective id (proc_pid_status(5)). */
    private static final Pattern EFFECTIVE = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");

    private EffectiveUser() {}

    /**
     * Reads the id from the kernel; without {@code /proc}, from a new temporary file.
     *
     * @throws IOException when neither can be read
     */
    static int uid() throws IOException {
        var status = Path.of("/proc/self/status");
        if (Files.isReadable(status)) {
            var found = EFFECTIVE.matcher(Files.readString(status));
            if (found.find()) {
                return Integer.parseUnsignedInt(found.group(1));
            }
        }
        var file = Files.createTempFile("sms-runner", null);
        try {
            return (Integer) Files.getAttribute(file, "unix:uid");
        } finally {
            Files.delete(file);
        }
    }
}
