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

/** The packaged program as a separate process. */
public final class ChildProcess implements AutoCloseable {

    /** Restores the default effect of SIGHUP, in case the tests themselves run under {@code nohup}. */
    static final List<String> WITH_HANGUPS = List.of("env", "--default-signal=HUP");

    private static final String JAR = System.getProperty("sms-runner.jar", "target/sms-runner.jar");

    /** Options of the launcher, so that the program starts as fast. The JVM ignores an archive that is missing or does not fit. */
    private static final List<String> PROGRAM = List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xlog:cds*=off",
            "-XX:SharedArchiveFile=" + JAR.replaceFirst("[.]jar$", ".jsa"),
            "-jar",
            JAR);

    private final Process process;
    private final Path out;
    private final Path err;

    private ChildProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Runs the job of the scenario. */
    public static ChildProcess run(Scenario scenario) {
        scenario.prepare();
        return start(scenario, "run", scenario.jobFile().toString(), "--json");
    }

    /** Runs the job with stdout and stderr on a full pipe without a reader. */
    static ChildProcess runOnFullPipe(Scenario scenario) {
        scenario.prepare();
        return full("exec \"$0\" \"$@\"", scenario);
    }

    /** Runs the job on a terminal without a reader. The end of this process closes the terminal; the program is its descendant. */
    static ChildProcess runOnUnreadTerminal(Scenario scenario) {
        scenario.prepare();
        return full("exec env --default-signal=HUP script -qec \"exec $0 $*\" /dev/null", scenario);
    }

    /** Runs the job of the scenario through the launcher. */
    static ChildProcess launch(Scenario scenario) {
        scenario.prepare();
        var command = new ArrayList<>(
                List.of("env", "JAVA_HOME=" + System.getProperty("java.home"), LauncherFixture.LAUNCHER.toString()));
        command.addAll(List.of(scenario.withDatabase("run", scenario.jobFile().toString(), "--no-dashboard")));
        return start(scenario, command);
    }

    private static ChildProcess full(String then, Scenario scenario) {
        var command = new ArrayList<>(List.of("sh", "-c", "cat /dev/zero & " + then));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(PROGRAM);
        command.addAll(
                List.of(scenario.withDatabase("run", scenario.jobFile().toString(), "--json", "--no-dashboard")));
        try {
            var nothing = Files.createTempFile(scenario.directory(), "child", ".none");
            var builder = new ProcessBuilder(command).redirectErrorStream(true);
            builder.environment().putAll(scenario.environment());
            return new ChildProcess(builder.start(), nothing, nothing);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** The program as a descendant of this process. */
    ProcessHandle program() {
        return process.descendants()
                .filter(each -> each.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow();
    }

    /** Starts a command on the database of the scenario. */
    public static ChildProcess start(Scenario scenario, String... arguments) {
        return startWithoutDatabase(scenario, scenario.withDatabase(arguments));
    }

    /** Starts a command on the database of the scenario with a umask. */
    static ChildProcess startWithUmask(String umask, Scenario scenario, String... arguments) {
        return startThrough(List.of("sh", "-c", "umask " + umask + " && exec \"$0\" \"$@\""), scenario, arguments);
    }

    /** Starts a command on the database of the scenario through another program. */
    static ChildProcess startThrough(List<String> other, Scenario scenario, String... arguments) {
        return start(scenario, other, PROGRAM, scenario.withDatabase(arguments));
    }

    /** Starts the program with these arguments only, through another program. */
    static ChildProcess startWithoutDatabaseThrough(List<String> other, Scenario scenario, String... arguments) {
        return start(scenario, other, PROGRAM, arguments);
    }

    /** Starts the program with these arguments only. */
    public static ChildProcess startWithoutDatabase(Scenario scenario, String... arguments) {
        return of(scenario, PROGRAM, arguments);
    }

    /** Starts a JVM with these options and arguments. */
    public static ChildProcess of(Scenario scenario, List<String> options, String... arguments) {
        return start(scenario, List.of(), options, arguments);
    }

    private static ChildProcess start(
            Scenario scenario, List<String> before, List<String> options, String... arguments) {
        var command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(arguments));
        return start(scenario, command);
    }

    private static ChildProcess start(Scenario scenario, List<String> command) {
        try {
            var out = Files.createTempFile(scenario.directory(), "child", ".out");
            var err = Files.createTempFile(scenario.directory(), "child", ".err");
            var builder =
                    new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
            builder.environment().putAll(scenario.environment());
            return new ChildProcess(builder.start(), out, err);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Waits for the condition, while the process is alive. */
    public ChildProcess until(String what, BooleanSupplier condition) {
        return until(what, Duration.ofMillis(5), condition);
    }

    /**
     * Waits for the condition, while the process is alive.
     *
     * @param every poll interval, since polls of a large cloud are expensive
     */
    ChildProcess until(String what, Duration every, BooleanSupplier condition) {
        await(what)
                .atMost(Duration.ofMinutes(3))
                .pollDelay(Duration.ZERO)
                .pollInterval(every)
                .until(() -> condition.getAsBoolean() || !process.isAlive());
        assertThat(condition.getAsBoolean())
                .as(what + ", but it ended: " + read(err))
                .isTrue();
        return this;
    }

    public long pid() {
        return process.pid();
    }

    /** Whether stderr contains the text. */
    public boolean hasPrinted(String text) {
        return read(err).contains(text);
    }

    /** The first match on stderr. */
    String firstMatch(Pattern text) {
        return text.matcher(read(err)).results().findFirst().orElseThrow().group();
    }

    /** Sends SIGKILL, so no handler and no shutdown hook runs. */
    public void kill() {
        process.destroyForcibly();
        join();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end and returns the exit code, 137 after SIGKILL. */
    public int exitCode() {
        return join();
    }

    /** The text on stderr so far. */
    public String stderr() {
        return read(err);
    }

    /** Sends a signal by name, for example {@code STOP}. */
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

    /** Sends SIGTERM. */
    public ChildProcess terminate() {
        process.destroy();
        return this;
    }

    /** Waits for the end. */
    public CommandResult awaitEnd() {
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
