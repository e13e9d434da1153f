package dev.smsrunner.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A child process with the CPU time and the peak memory that {@code /proc} reports for it. A sample is taken every few
 * milliseconds, so the last moments before the end are not counted.
 */
final class MeasuredProcess implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final double TICKS_PER_SECOND = 100;
    private static final int USER_TICKS = 11;
    private static final int SYSTEM_TICKS = 12;

    private final Process process;
    private final long startedAt = System.nanoTime();
    private double cpuSeconds;
    private long peakKilobytes;

    private MeasuredProcess(Process process) {
        this.process = process;
    }

    /** Starts a command in a directory; its output goes to a file there. */
    static MeasuredProcess start(Path directory, String output, List<String> program, String... arguments)
            throws IOException {
        var command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(output).toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().keySet().removeIf(name -> name.startsWith("SMS_RUNNER_"));
        builder.environment().put("HUAWEICLOUD_SDK_AK", "BENCHMARK");
        builder.environment().put("HUAWEICLOUD_SDK_SK", "benchmark");
        return new MeasuredProcess(builder.start());
    }

    /** Samples until the process ends; returns its wall time in seconds. */
    double await() throws IOException, InterruptedException {
        while (process.isAlive()) {
            sample();
            Thread.sleep(INTERVAL.toMillis());
        }
        return seconds();
    }

    /** Takes a sample; does nothing after the end. */
    void sample() throws IOException {
        var proc = Path.of("/proc", String.valueOf(process.pid()));
        try {
            var stat = Files.readString(proc.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            cpuSeconds = (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) / TICKS_PER_SECOND;
            for (var line : Files.readAllLines(proc.resolve("status"))) {
                if (line.startsWith("VmHWM:")) {
                    peakKilobytes = Long.parseLong(line.replaceAll("\\D", ""));
                }
            }
        } catch (IOException ex) {
            if (process.isAlive()) {
                throw ex;
            }
        }
    }

    /** Seconds since the start. */
    double seconds() {
        return (System.nanoTime() - startedAt) / 1e9;
    }

    double cpuSeconds() {
        return cpuSeconds;
    }

    double peakMegabytes() {
        return peakKilobytes / 1024.0;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code; waits for the end. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** Sends SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
