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
public final class ChildProcess implements AutoCloseable {

    /** SIGHUP with its usual effect, also where the tests themselves run under {@code nohup}. */
    static final List<String> WITH_HANGUPS = List.of("env", "--default-signal=HUP");

    private static final String JAR = System.getProperty("sms-runner.jar", "target/sms-runner.jar");

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Runs the job of the story. */
    public static ChildProcess running(Scenario night) {
        night.begins();
        return started(night, "run", night.jobFile().toString(), "--json");
    }

    /** The same, with stdout and stderr on a pipe that is full and that nobody reads. */
    static ChildProcess unread(Scenario night) {
        night.begins();
        return full("exec \"$0\" \"$@\"", night);
    }

    /** The same, on a terminal that nobody reads. Its end takes the terminal away; the program is its descendant. */
    static ChildProcess onUnreadTerminal(Scenario night) {
        night.begins();
        return full("exec env --default-signal=HUP script -qec \"exec $0 $*\" /dev/null", night);
    }

    private static ChildProcess full(String then, Scenario night) {
        var command = new ArrayList<>(List.of("sh", "-c", "cat /dev/zero & " + then));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR));
        command.addAll(List.of(night.onThisDatabase("run", night.jobFile().toString(), "--json", "--no-dashboard")));
        try {
            var nothing = Files.createTempFile(night.directory(), "child", ".none");
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(night.environment());
            return new ChildProcess(builder.start(), nothing, nothing);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The program, where another one started it. */
    ProcessHandle program() {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }

    /** Any command, on the database of the story. */
    public static ChildProcess started(Scenario night, String... words) {
        return alone(night, night.onThisDatabase(words));
    }

    /** The same under a umask of its own. */
    static ChildProcess withUmask(String umask, Scenario night, String... words) {
        return behind(List.of("sh", "-c", "umask " + umask + " && exec \"$0\" \"$@\""), night, words);
    }

    /** The same, started by another program. */
    static ChildProcess behind(List<String> other, Scenario night, String... words) {
        return start(
                night,
                other,
                List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR),
                night.onThisDatabase(words));
    }

    /** Any words. */
    public static ChildProcess alone(Scenario night, String... words) {
        return of(night, List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR), words);
    }

    /** Any words, with the options and the class path that a JVM is to have. */
    public static ChildProcess of(Scenario night, List<String> options, String... words) {
        return start(night, List.of(), options, words);
    }

    private static ChildProcess start(Scenario night, List<String> before, List<String> options, String... words) {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(words));
        try {
            var out = Files.createTempFile(night.directory(), "child", ".out");
            var err = Files.createTempFile(night.directory(), "child", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(night.environment());
            return new ChildProcess(builder.start(), out, err);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Waits until that is so; the process must still be alive then. */
    public ChildProcess until(String what, BooleanSupplier seen) {
        return until(what, Duration.ofMillis(5), seen);
    }

    /**
     * The same.
     *
     * @param every between two looks, which are not for nothing where the cloud is large
     */
    ChildProcess until(String what, Duration every, BooleanSupplier seen) {
        await(what)
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(every)
                .until(() -> seen.getAsBoolean() || !process.isAlive());
        assertThat(seen.getAsBoolean())
                .as(what + ", but it ended: " + read(err))
                .isTrue();
        return this;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether it has said that on stderr. */
    public boolean hasSaid(String text) {
        return read(err).contains(text);
    }

    /** The first such text on stderr. */
    String said(Pattern text) {
        return text.matcher(read(err)).results().findFirst().orElseThrow().group();
    }

    /** SIGKILL: no handler, no hook, nothing is closed. */
    public void kill() {
        process.destroyForcibly();
        join();
    }

    /** Whether it has not ended yet. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end, whatever that is: the exit code, 137 after SIGKILL. */
    public int code() {
        return join();
    }

    /** What it has said on stderr so far. */
    public String said() {
        return read(err);
    }

    /** Any signal by name, for example {@code STOP}. */
    public ChildProcess signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid()))
                    .start()
                    .waitFor();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        return this;
    }

    /** SIGTERM. */
    public ChildProcess terminate() {
        process.destroy();
        return this;
    }

    /** Waits for its end. */
    public CommandResult ended() {
        return new CommandResult(new Shell.Result(join(), read(out), read(err)));
    }

    private int join() {
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(read(err)).isTrue();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(ex);
        }
        return process.exitValue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.getInputStream().close();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
