package dev.smsrunner.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What {@code /proc/PID/stat} says of a process (proc(5)).
 *
 * @param state its state, for example {@code S} or {@code Z}
 * @param threads number of its threads
 * @param startTicks its start, in clock ticks since the boot
 */
record ProcessStat(String state, long threads, String startTicks) {

    private static final int STATE = 3;
    private static final int THREADS = 20;
    private static final int START = 22;

    /** @throws IOException also when the text is not that of a process */
    static ProcessStat read(Path file) throws IOException {
        // the name of the command may hold any byte, also ')' and blanks
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        var fields = text.substring(text.lastIndexOf(')') + 1).strip().split(" ");
        if (fields.length <= START - STATE || !text.contains(")")) {
            throw new IOException("No process is described by " + file);
        }
        try {
            return new ProcessStat(fields[0], Long.parseLong(fields[THREADS - STATE]), fields[START - STATE]);
        } catch (NumberFormatException ex) {
            throw new IOException("No process is described by " + file, ex);
        }
    }

    /**
     * A killed process whose parent does not care for it still has an id, and does nothing any more. With other threads only its
     * first one has ended.
     */
    boolean isZombie() {
        return (state.equals("Z") || state.equals("X")) && threads <= 1;
    }
}
