package dev.smsrunner.scenario;

import dev.smsrunner.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A copy of the recorded data directory of the released version, which has one unfinished run of each job. The recorded paths
 * start with {@code /proc/self/cwd}, so they lead into the copy when a command works in it.
 *
 * @param directory working directory of the commands
 */
record ReleasedRun(Path directory) {

    private static final Path FIXTURE = Path.of("src/test/resources/released-run");
    private static final String JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"))
            .toAbsolutePath()
            .toString();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ANSWER_FAULTS = "answers:";

    static ReleasedRun copyTo(Path directory) throws IOException {
        copyFiles(FIXTURE, directory);
        Files.move(directory.resolve("recorded"), directory.resolve("data"));
        return new ReleasedRun(directory);
    }

    private static void copyFiles(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    /** Copies a file with the modes that the program gives it. The answers of the service have no faults any more. */
    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(
                to.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.copy(from, to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rw-------"));
        if (to.toString().endsWith("faults.yaml")) {
            var faults = Files.readString(to);
            Files.writeString(to, faults.substring(0, faults.indexOf(ANSWER_FAULTS)));
        }
    }

    /** Starts the packaged program in the copy. */
    Started start(String... arguments) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", JAR));
        command.addAll(List.of(arguments));
        command.addAll(List.of("--data", "data", "--json"));
        var out = Files.createTempFile(directory, "command", ".out");
        var err = Files.createTempFile(directory, "command", ".err");
        return new Started(
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile())
                        .start(),
                out,
                err);
    }

    /** Outcomes of the report of a run, in the order of the rows. */
    List<String> outcomes(String run) {
        var outcomes = new ArrayList<String>();
        JSON.readTree(directory
                        .resolve("reports")
                        .resolve(run)
                        .resolve("report.json")
                        .toFile())
                .path("rows")
                .forEach(row -> outcomes.add(row.path("outcome").asString()));
        return outcomes;
    }

    /** Number of executed changes by operation and source, or by operation and task where there is no source. */
    Map<String, Integer> changes(String run) throws IOException {
        var changes = new TreeMap<String, Integer>();
        for (var line : Files.readAllLines(
                directory.resolve("data/simulator").resolve(run).resolve("audit.jsonl"))) {
            var entry = JSON.readTree(line);
            if (entry.path("effect").asString().equals("EXECUTED")
                    && entry.path("requestId").isString()) {
                var changed = entry.path(entry.path("source").isString() ? "source" : "task")
                        .asString();
                changes.merge(entry.path("operation").asString() + " " + changed, 1, Integer::sum);
            }
        }
        return changes;
    }

    /** A command that works in the copy. */
    record Started(Process process, Path out, Path err) {

        CommandResult awaitEnd() throws IOException, InterruptedException {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
            }
            return new CommandResult(new Shell.Result(process.waitFor(), Files.readString(out), Files.readString(err)));
        }
    }
}
