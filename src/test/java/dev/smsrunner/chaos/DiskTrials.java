package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** A full or read-only disk, as a mounted file system in memory. */
final class DiskTrials {

    private DiskTrials() {}

    /** Whether this process may mount. */
    static boolean canBeTried() {
        try {
            var directory = Files.createTempDirectory("mount");
            boolean may = succeeds("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
            return may && succeeds("umount", directory.toString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A disk that becomes full: the run finishes, and the report is missing or complete. With room it is written later. */
    static void full(TrialSetup setup, TrialFindings findings) {
        full(setup, findings, "size=2m", DiskTrials::fill);
    }

    /** A disk with room, but without inodes. */
    static void withoutInodes(TrialSetup setup, TrialFindings findings) {
        full(setup, findings, "size=2m,nr_inodes=40", DiskTrials::useUp);
    }

    private static void full(TrialSetup setup, TrialFindings findings, String options, Consumer<Path> fill) {
        mounted(setup, options, (scenario, disk) -> {
            var filler = disk.resolve("filler");
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("it is at work", () -> !scenario.cloud().creates().isEmpty());
                fill.accept(filler);
                int code = child.exitCode();
                findings.holds(
                        code == 4 && child.stderr().contains("Cannot write the report"),
                        "it reports the error",
                        code + child.stderr());
                new InvariantChecks(scenario, findings).atDeath();
            }
            delete(filler);
            var result = scenario.command("report", "last", "--json");
            findings.same(result.exitCode(), 0, "the report can be written later");
            new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
        });
    }

    /** A read-only disk is reported before any change. */
    static void readOnly(TrialSetup setup, TrialFindings findings) {
        mounted(setup, "size=2m,ro", (scenario, disk) -> {
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                findings.same(child.exitCode(), 2, "it is refused");
                findings.holds(child.hasPrinted("Cannot write reports to"), "it reports the error", child.stderr());
            }
            findings.holds(
                    scenario.cloud().changes().isEmpty(),
                    "nothing was changed",
                    scenario.cloud().changes());
        });
    }

    /** A full disk of the embedded database: the run waits as in an outage, ends with 4, and resumes later. */
    static void databaseFull(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.quiet()
                .speed(1_000)
                .job("limits.requests-per-second", "8")
                .job("limits.database-outage", "6s")) {
            var disk = Files.createDirectory(scenario.data());
            succeeds("mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", disk.toString());
            try {
                try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                    child.until(
                            "some are started", () -> scenario.cloud().starts().size() > 2);
                    fill(disk.resolve("filler"));
                    int code = child.exitCode();
                    findings.holds(
                            code == 4 && child.hasPrinted("database"), "it reports the error", code + child.stderr());
                    findings.holds(!child.hasPrinted("\tat "), "no stack trace", child.stderr());
                }
                var status = scenario.command("status", "last");
                findings.holds(status.exitCode() == 4 || status.exitCode() == 0, "status reports it", status.err());
                delete(disk.resolve("filler"));
                new InvariantChecks(scenario, findings).atDeath();
                try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                    var result = child.awaitEnd();
                    findings.holds(result.exitCode() == 0, "with room it continues", result.exitCode() + result.err());
                    if (result.exitCode() == 0) {
                        new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
                    }
                }
            } finally {
                succeeds("umount", "-l", disk.toString());
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** A trial on a disk. */
    private interface DiskTrial {
        void play(Scenario scenario, Path disk);
    }

    private static void mounted(TrialSetup setup, String options, DiskTrial trial) {
        try (var scenario = setup.quiet()) {
            var disk = Files.createDirectory(scenario.reports());
            succeeds("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
            try {
                trial.play(scenario, disk);
            } finally {
                succeeds("umount", "-l", disk.toString());
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (IOException ex) {
            // that was the aim
        }
    }

    /** Empty files until no further one can be created. */
    private static void useUp(Path directory) {
        try {
            Files.createDirectory(directory);
            for (int number = 0; ; number++) {
                Files.createFile(directory.resolve(Integer.toString(number)));
            }
        } catch (IOException ex) {
            // that was the aim
        }
    }

    private static void delete(Path file) {
        try {
            FileSystemUtils.deleteRecursively(file);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException ex) {
            return false;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
