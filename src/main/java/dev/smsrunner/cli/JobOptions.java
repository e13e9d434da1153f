package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cutover.WindowText;
import dev.smsrunner.inventory.AcceptedInventory;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.jobfile.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Job file of a command and its overrides on the command line; a {@code @Mixin}. */
final class JobOptions {

    @Mixin
    private JobFileOptions file;

    @Option(
            names = "--inventory",
            paramLabel = "FILE",
            description = "Use this inventory instead of the inventory of the job file.")
    private @Nullable Path inventory;

    /** Overrides on the command line. */
    Overrides overrides() {
        return file.overrides(inventory);
    }

    /** Reads the job file and reports all its problems. */
    JobFile read(CommonOptions common) {
        return file.read(common, inventory);
    }

    /** Checks the inventory of the job; reports all problems and warnings. */
    static InventoryCheckResult check(JobFile job, CommonOptions common) {
        return check(job, common, RecordedInventory::none);
    }

    /**
     * Checks the inventory of a run that may be unfinished.
     *
     * @param recorded inventory of the unfinished run; read only when the check has problems
     */
    static InventoryCheckResult check(JobFile job, CommonOptions common, Supplier<RecordedInventory> recorded) {
        var checked = check(job, AcceptedInventory.NONE);
        if (!checked.ok()) {
            var accepted = recorded.get().acceptedAs(checked.sha256());
            checked = accepted.equals(AcceptedInventory.NONE) ? checked : check(job, accepted);
        }
        return report(checked, job, common);
    }

    private static InventoryCheckResult check(JobFile job, AcceptedInventory accepted) {
        return InventoryFile.check(
                job.inventory(),
                job.defaults(),
                job.job().rowRules(),
                job.launchOrder(),
                folder(job),
                job.columns(),
                accepted);
    }

    private static InventoryCheckResult report(InventoryCheckResult checked, JobFile job, CommonOptions common) {
        var console = common.console();
        job.warnings(common.clock().instant())
                .forEach(warning -> console.info(Console.safe("warning: " + job.file() + ": " + warning)));
        return report(checked, job.inventory(), "The inventory has %s"::formatted, common);
    }

    /**
     * Reports the notes, warnings and problems of an inventory, or of another list of servers.
     *
     * @param summary main clause of a sentence for a number of problems
     */
    static InventoryCheckResult report(
            InventoryCheckResult checked, Path inventory, UnaryOperator<String> summary, CommonOptions common) {
        var console = common.console();
        checked.notes().forEach(note -> console.info(Console.safe(inventory + ": " + note)));
        checked.warnings().forEach(warning -> console.info(Console.safe("warning: " + warning)));
        if (checked.ok()) {
            return checked;
        }
        checked.problems().forEach(problem -> console.error(problem.toString()));
        var count = Plural.of(checked.problemCount(), "problem")
                + (checked.unlisted() == 0 ? "" : " (the first 100 are listed)");
        throw CommandException.badInput(
                summary.apply(count) + ". Nothing was changed. Correct the file and run the same command again.");
    }

    /** Prints the cutover windows of the job, one line for each. */
    static void showWindow(JobFile job, CommonOptions common) {
        windows(job, common).forEach(window -> common.console().info("Cutover window: " + window.namedLine()));
    }

    static List<WindowText> windows(JobFile job, CommonOptions common) {
        return WindowText.of(job.cutover().windows(), common.clock().instant());
    }

    /** Base directory of relative paths in the job file and the inventory. */
    private static Path folder(JobFile job) {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }

    /** Reports every problem of a job file. */
    static CommandException problemsOf(CommonOptions common, JobFileException failure) {
        var problems = failure.problems();
        problems.forEach(problem -> common.console().error(problem.toString()));
        long ofOptions = problems.stream().filter(Problem::isOfOption).count();
        var text = ofOptions == 0
                ? "The job file has %s. Nothing was changed. Correct the file and run the same command again."
                : ofOptions == problems.size()
                        ? "The option --set has %s. Nothing was changed. Correct the option and run the same command again."
                        : "The job file and the option --set have %s. Nothing was changed. Correct both and run the same command again.";
        return CommandException.badInput(text.formatted(Plural.of(problems.size(), "problem")));
    }
}
