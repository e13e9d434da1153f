package dev.smsrunner.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * Benchmark of the start, in each way to start the program: commands that only read, {@code run} until its first call, and the
 * same command after SIGKILL until its first call. It prints minimum, median and maximum of the wall time, and the median of the
 * CPU time. Argument of {@code main}: repetitions (7).
 */
final class StartBenchmark {

    private static final int SERVERS = 48;
    private static final double SPEED = 60;

    private final int repetitions;

    private StartBenchmark(int repetitions) {
        this.repetitions = repetitions;
    }

    /** Wall and CPU seconds of the repetitions. */
    private record Samples(List<Double> wall, List<Double> cpu) {

        Samples() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        void add(double wallSeconds, double cpuSeconds) {
            wall.add(wallSeconds);
            cpu.add(cpuSeconds);
        }

        void print(String what, Program program) {
            Collections.sort(wall);
            Collections.sort(cpu);
            System.out.printf(
                    "| %s | %s | %.2f | %.2f | %.2f | %.2f |%n",
                    what,
                    program.label(),
                    wall.get(0),
                    wall.get(wall.size() / 2),
                    wall.get(wall.size() - 1),
                    cpu.get(cpu.size() / 2));
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new StartBenchmark(arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7).measure();
    }

    private void measure() throws IOException, InterruptedException {
        System.out.println("| command | program | min s | median s | max s | CPU s |");
        System.out.println("|---|---|---|---|---|---|");
        for (var program : Program.values()) {
            firstCalls(program);
        }
        for (var program : Program.values()) {
            try (var service = SimulatedService.start(SERVERS, 0, SERVERS, SPEED)) {
                try (var run = run(service, program)) {
                    awaitCalls(service, run, 1);
                }
                for (var command : List.of("--help", "runs", "status last")) {
                    commands(service, program, command);
                }
                FileSystemUtils.deleteRecursively(service.directory());
            }
        }
    }

    private void commands(SimulatedService service, Program program, String command)
            throws IOException, InterruptedException {
        var samples = new Samples();
        for (int i = 0; i < repetitions; i++) {
            try (var process =
                    MeasuredProcess.start(service.directory(), "command.out", program.command(), command.split(" "))) {
                samples.add(process.await(), process.cpuSeconds());
            }
        }
        samples.print("`" + command + "`", program);
    }

    private void firstCalls(Program program) throws IOException, InterruptedException {
        var first = new Samples();
        var restart = new Samples();
        for (int i = 0; i < repetitions; i++) {
            try (var service = SimulatedService.start(SERVERS, 0, SERVERS, SPEED)) {
                try (var run = run(service, program)) {
                    awaitCalls(service, run, 1);
                    first.add(run.seconds(), run.cpuSeconds());
                    awaitCalls(service, run, 2 * SERVERS);
                }
                int before = settled(service);
                try (var again = run(service, program)) {
                    awaitCalls(service, again, before + 1);
                    restart.add(again.seconds(), again.cpuSeconds());
                }
                FileSystemUtils.deleteRecursively(service.directory());
            }
        }
        first.print("`run` until its first call", program);
        restart.print("`run` after `kill -9` until its first call", program);
    }

    private static MeasuredProcess run(SimulatedService service, Program program) throws IOException {
        return MeasuredProcess.start(
                service.directory(), "run.out", program.command(), "run", "job.yaml", "--no-dashboard");
    }

    private static void awaitCalls(SimulatedService service, MeasuredProcess process, int calls)
            throws IOException, InterruptedException {
        while (process.isAlive() && service.calls().size() < calls) {
            process.sample();
            Thread.sleep(5);
        }
    }

    /** Number of calls after the last one of a killed process has arrived. */
    private static int settled(SimulatedService service) throws IOException, InterruptedException {
        int before;
        int calls = service.calls().size();
        do {
            before = calls;
            Thread.sleep(200);
            calls = service.calls().size();
        } while (calls != before);
        return calls;
    }
}
