package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which job a command is about, and what the command line says instead of its file. Use it as a {@code @Mixin}. */
final class JobOptions {

    @Parameters(index = "0", paramLabel = "JOBFILE", description = "The job file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "This inventory instead of the one that the job file names.")
    private @Nullable Path inventory;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "This value for a key of the job file, for example limits.concurrent=50. May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** What the command line says instead of the file. */
    Overrides overrides() {
        return new Overrides(inventory, set);
    }

    /** Reads the job file; every problem is told at once. */
    JobFile read(CommonOptions common) {
        try {
            return JobFiles.read(file, overrides(), common.environment());
        } catch (JobFileException ex) {
            throw wrongJob(common, ex);
        }
    }

    /** Checks the inventory of the job; every problem is told at once, warnings are said. */
    static InventoryCheckResult check(JobFile job, CommonOptions common) {
        return check(job, common, Set::of);
    }

    /**
     * The same for an inventory that a run may have begun with.
     *
     * @param begun the speed limits by time of day that the run has already; asked for only when there is a problem
     */
    static InventoryCheckResult check(JobFile job, CommonOptions common, Supplier<Set<String>> begun) {
        var checked = verdict(job, Set.of());
        var known = checked.ok() ? Set.<String>of() : begun.get();
        return tell(known.isEmpty() ? checked : verdict(job, known), job, common);
    }

    private static InventoryCheckResult verdict(JobFile job, Set<String> begun) {
        return InventoryFile.check(
                job.inventory(), job.defaults(), job.job().rowRules(), job.launchOrder(), folder(job), begun);
    }

    private static InventoryCheckResult tell(InventoryCheckResult checked, JobFile job, CommonOptions common) {
        var console = common.console();
        job.warnings().forEach(warning -> console.say(Console.safe("warning: " + job.file() + ": " + warning)));
        checked.warnings().forEach(warning -> console.say(Console.safe("warning: " + warning)));
        if (checked.ok()) {
            return checked;
        }
        checked.problems().forEach(problem -> console.error(problem.toString()));
        throw new CommandException(
                ExitCode.BAD_INPUT,
                "The inventory has %d problem%s%s. Nothing was changed; correct the file and run the same command again."
                        .formatted(
                                checked.problemCount(),
                                checked.problemCount() == 1 ? "" : "s",
                                checked.unlisted() == 0 ? "" : ", of which the first 100 are listed"));
    }

    /** Where the paths in an inventory begin, as those in the job file do. */
    private static Path folder(JobFile job) {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }

    /** Tells every problem of a job file. */
    static CommandException wrongJob(CommonOptions common, JobFileException wrong) {
        var problems = wrong.problems();
        problems.forEach(problem -> common.console().error(problem.toString()));
        return new CommandException(
                ExitCode.BAD_INPUT,
                "The job file has %d problem%s. Nothing was changed; correct it and run the same command again."
                        .formatted(problems.size(), problems.size() == 1 ? "" : "s"));
    }
}
