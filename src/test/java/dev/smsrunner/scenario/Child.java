package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.cli.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The packaged program as a process of its own. */
final class Child implements AutoCloseable {

    private static final String JAR = System.getProperty("sms-runner.jar", "target/sms-runner.jar");

    private final Process process;
    private final Path out;
    private final Path err;

    private Child(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Runs the job of the story. */
    static Child running(Night night) {
        night.begins();
        return started(night, "run", night.jobFile().toString(), "--json");
    }

    /** Any command, on the database of the story. */
    static Child started(Night night, String... words) {
        return alone(night, night.onThisDatabase(words));
    }

    /** The same under a umask of its own. */
    static Child withUmask(String umask, Night night, String... words) {
        var shell = List.of("sh", "-c", "umask " + umask + " && exec \"$0\" \"$@\"");
        return start(night, shell, night.onThisDatabase(words));
    }

    /** Any words. */
    static Child alone(Night night, String... words) {
        return start(night, List.of(), words);
    }

    private static Child start(Night night, List<String> before, String... words) {
        var command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                JAR));
        command.addAll(List.of(words));
        try {
            var out = Files.createTempFile(night.directory(), "child", ".out");
            var err = Files.createTempFile(night.directory(), "child", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(night.environment());
            return new Child(builder.start(), out, err);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Waits until that is so; the process must still be alive then. */
    Child until(String what, BooleanSupplier seen) {
        return until(what, Duration.ofMillis(5), seen);
    }

    /**
     * The same.
     *
     * @param every between two looks, which are not for nothing where the cloud is large
     */
    Child until(String what, Duration every, BooleanSupplier seen) {
        await(what)
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(every)
                .until(() -> seen.getAsBoolean() || !process.isAlive());
        assertThat(seen.getAsBoolean())
                .as(what + ", but it ended: " + read(err))
                .isTrue();
        return this;
    }

    long pid() {
        return process.pid();
    }

    /** Whether it has said that on stderr. */
    boolean hasSaid(String text) {
        return read(err).contains(text);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The first such text on stderr. */
    String said(Pattern text) {
        return text.matcher(read(err)).results().findFirst().orElseThrow().group();
    }

    /** SIGKILL: no handler, no hook, nothing is closed. */
    void kill() {
        process.destroyForcibly();
        join();
    }

    /** SIGTERM. */
    Child terminate() {
        process.destroy();
        return this;
    }

    /** Waits for its end. */
    Told ended() {
        return new Told(new Shell.Said(join(), read(out), read(err)));
    }

    private int join() {
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(read(err)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return process.exitValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
