package dev.smsrunner.run.lease;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fields of {@code /proc/PID/stat} (proc(5)).
 *
 * @param state process state, for example {@code S} or {@code Z}
 * @param threads number of threads
 * @param startTicks start time in clock ticks since the boot
 */
record ProcessStat(String state, long threads, String startTicks) {

    private static final int STATE = 3;
    private static final int THREADS = 20;
    private static final int START = 22;

    /** @throws IOException also when the file does not describe a process */
    static ProcessStat read(Path file) throws IOException {
        // the command name may contain any byte, also ')' and blanks
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        var fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START - STATE || !text.contains(")")) {
            throw new IOException("Not a process description: " + file);
        }
        try {
            return new ProcessStat(fields[0], Long.parseLong(fields[THREADS - STATE]), fields[START - STATE]);
        } catch (NumberFormatException ex) {
            throw new IOException("Not a process description: " + file, ex);
        }
    }

    /**
     * Whether the process has ended but still has an id, because its parent has not reaped it. If other threads remain, only
     * the first one has ended.
     */
    boolean isZombie() {
        return (state.equals("Z") || state.equals("X")) && threads <= 1;
    }
}
