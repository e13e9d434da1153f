package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.springframework.util.FileSystemUtils;

/** The disk of the reports is full, or nothing may be written to it: a file system in memory of 2 MB, mounted for the trial. */
final class DiskTrials {

    private DiskTrials() {}

    /** Only who may mount can try it. */
    static boolean canBeTried() {
        try {
            var directory = Files.createTempDirectory("mount");
            boolean may = done("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", directory.toString());
            return may && done("umount", directory.toString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Full in the end: the run is finished, the report is not there or whole, and is written when there is room. */
    static void full(TrialSetup ground, TrialFindings findings) {
        full(ground, findings, "size=2m", DiskTrials::fill);
    }

    /** The same where there is room, but for no further file. */
    static void withoutInodes(TrialSetup ground, TrialFindings findings) {
        full(ground, findings, "size=2m,nr_inodes=40", DiskTrials::useUp);
    }

    private static void full(TrialSetup ground, TrialFindings findings, String options, Consumer<Path> fill) {
        mounted(ground, options, (night, disk) -> {
            var filler = disk.resolve("filler");
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("it is at work", () -> !night.cloud().creates().isEmpty());
                fill.accept(filler);
                int code = child.code();
                findings.holds(
                        code == 4 && child.said().contains("Cannot write the report"), "it tells", code + child.said());
                new InvariantChecks(night, findings).atDeath();
            }
            delete(filler);
            var told = night.command("report", "last", "--json");
            findings.same(told.exitCode(), 0, "the report can be written later");
            new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
        });
    }

    /** Not writable from the beginning: said before anything is changed. */
    static void readOnly(TrialSetup ground, TrialFindings findings) {
        mounted(ground, "size=2m,ro", (night, disk) -> {
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                findings.same(child.code(), 2, "it is refused");
                findings.holds(child.hasSaid("Cannot write reports to"), "it tells", child.said());
            }
            findings.holds(
                    night.cloud().changes().isEmpty(),
                    "nothing was changed",
                    night.cloud().changes());
        });
    }

    /** The embedded database has no room any more: it waits as for one that is away, ends with 4, and goes on later. */
    static void databaseFull(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.quiet()
                .speed(1_000)
                .job("limits.requests-per-second", "8")
                .job("limits.database-outage", "6s")) {
            var disk = Files.createDirectory(night.data());
            done("mount", "-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", disk.toString());
            try {
                try (var child = InstrumentedProgram.run(night, ground.switches())) {
                    child.until("some are started", () -> night.cloud().starts().size() > 2);
                    fill(disk.resolve("filler"));
                    int code = child.code();
                    findings.holds(code == 4 && child.hasSaid("database"), "it tells", code + child.said());
                    findings.holds(!child.hasSaid("\tat "), "no stack trace", child.said());
                }
                var looked = night.command("status", "last");
                findings.holds(looked.exitCode() == 4 || looked.exitCode() == 0, "status tells", looked.err());
                delete(disk.resolve("filler"));
                new InvariantChecks(night, findings).atDeath();
                try (var child = InstrumentedProgram.run(night, ground.switches())) {
                    var told = child.ended();
                    findings.holds(told.exitCode() == 0, "with room it goes on", told.exitCode() + told.err());
                    if (told.exitCode() == 0) {
                        new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
                    }
                }
            } finally {
                done("umount", "-l", disk.toString());
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** What is tried on a disk. */
    private interface OnDisk {
        void play(Scenario night, Path disk);
    }

    private static void mounted(TrialSetup ground, String options, OnDisk trial) {
        try (var night = ground.quiet()) {
            var disk = Files.createDirectory(night.reports());
            done("mount", "-t", "tmpfs", "-o", options, "tmpfs", disk.toString());
            try {
                trial.play(night, disk);
            } finally {
                done("umount", "-l", disk.toString());
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

    private static boolean done(String... command) {
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
