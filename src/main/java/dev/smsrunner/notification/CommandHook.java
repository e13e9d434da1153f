package dev.smsrunner.notification;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Executes an operator's program without a shell: the text is its only argument, the JSON its input. */
record CommandHook(Path program) implements Channel {

    private static final int TIMEOUT_SECONDS = 30;

    /** Environment variables that a program needs to find its files and to write text; it inherits no others. */
    private static final Set<String> INHERITED_VARIABLES =
            Set.of("HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TEMP", "TMP", "TMPDIR", "TZ", "USER");

    /** Prefix of variables that the operator sets for the program. */
    private static final String PROGRAM_PREFIX = "NOTIFY_";

    @Override
    public String name() {
        return "the program " + program.getFileName();
    }

    @Override
    public void deliver(String text, String json) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program.toString(), text)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !isInherited(name));
        var process = builder.start();
        try {
            write(process, json);
            await(process);
        } finally { // also after an interrupt no process may remain
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void await(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            throw new InterruptedIOException("it did not exit within %d seconds".formatted(TIMEOUT_SECONDS));
        }
        if (process.exitValue() != 0) {
            throw new IOException("it exited with code %d".formatted(process.exitValue()));
        }
    }

    /** Never retries, since the program may not be idempotent. */
    @Override
    public boolean isRetryable(IOException failure) {
        return false;
    }

    private static void write(Process process, String json) {
        try (var input = process.getOutputStream()) {
            input.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException ex) { // the program need not read its input
        }
    }

    /** Limits the inherited variables, since any of them may contain credentials. */
    private static boolean isInherited(String name) {
        return INHERITED_VARIABLES.contains(name) || name.startsWith("LC_") || name.startsWith(PROGRAM_PREFIX);
    }
}
