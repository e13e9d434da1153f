package dev.smsrunner.notification;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Executes a program of the operator's: the text is its only word, the JSON its input; no shell comes between. */
final class CommandHook implements Channel {

    private static final int SECONDS = 30;

    /** What a program needs to find its files and to write text; nothing else of the environment reaches it. */
    private static final Set<String> PASSED_ON =
            Set.of("HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TEMP", "TMP", "TMPDIR", "TZ", "USER");

    /** Variables that the operator sets for the program. */
    private static final String FOR_THE_PROGRAM = "NOTIFY_";

    private final Path program;

    CommandHook(Path program) {
        this.program = program;
    }

    @Override
    public String name() {
        return "the program " + program.getFileName();
    }

    @Override
    public void deliver(String text, String json) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(program.toString(), text)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !isPassedOn(name));
        var process = builder.start();
        try {
            write(process, json);
            await(process);
        } finally { // an interrupt, too, leaves nothing running
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void await(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new InterruptedIOException("it did not end within %d seconds".formatted(SECONDS));
        }
        if (process.exitValue() != 0) {
            throw new IOException("it ended with %d".formatted(process.exitValue()));
        }
    }

    /** What it did may not bear being done twice. */
    @Override
    public boolean mayTryAgain(IOException failure) {
        return false;
    }

    private static void write(Process process, String json) {
        try (var input = process.getOutputStream()) {
            input.write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException ex) { // a program need not read its input
        }
    }

    /** The environment may hold credentials of any name, of this product and of others. */
    private static boolean isPassedOn(String name) {
        return PASSED_ON.contains(name) || name.startsWith("LC_") || name.startsWith(FOR_THE_PROGRAM);
    }
}
