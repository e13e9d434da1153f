package dev.smsrunner.cli;

import dev.smsrunner.intake.ServerList;
import dev.smsrunner.intake.SourceInventory;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.preflight.SourceIndex;
import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes an inventory of the sources that are registered in the account. */
@Command(
        name = "inventory",
        header =
                "Writes an inventory of the source servers that are registered in the account. Changes nothing in the cloud.",
        description = {
            "Each registered source gets a row with its name, id, address, operating system and size, and the defaults of the",
            "job file. Sources whose migration is finished are left out.",
            "With --match only the servers of your own list get a row, with the waves and owners of the list. The command lists",
            "the servers that only SMS has (not in the list), and those that only the list has (no agent is registered).",
            "The command reads no database: it checks the form of --db only."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner inventory night-1.yaml --out night-1.csv",
            "  sms-runner inventory night-1.yaml --out night-1.csv --match cmdb.csv --name Host --ip Address"
        })
final class InventoryCommand implements Callable<Integer> {

    @Mixin
    private JobFileOptions job;

    @Option(names = "--inventory", hidden = true, description = "Refused, since this command writes an inventory.")
    private @Nullable Path inventory;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "CSV file to write; must not exist.")
    private Path out = Path.of("");

    @Option(names = "--all", description = "Include the sources whose migration is finished.")
    private boolean all;

    @Option(
            names = "--match",
            paramLabel = "FILE",
            description = "CSV list of your servers, such as an export of RVTools or of a CMDB.")
    private @Nullable Path list;

    @Option(
            names = "--name",
            paramLabel = "COLUMN",
            description = "Column of the list with the server name (default: recognised by its header).")
    private @Nullable String nameColumn;

    @Option(
            names = "--ip",
            paramLabel = "COLUMN",
            description = "Column of the list with the address (default: recognised by its header).")
    private @Nullable String addressColumn;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws Exception {
        refuseOptionsWithoutEffect();
        var file = job.read(common, out);
        if (BulkJobs.of(file).usesDcs()) {
            throw CommandException.badInput(
                    "The job %s has no source servers. Use a job file of SMS, such as job: migrate."
                            .formatted(file.job().label()));
        }
        refuseUnusableOut();
        if (list == null) {
            var sources = sources(file);
            finish(file, sources, SourceInventory.of(sources, file.defaults(), all), List.of());
        } else {
            match(file, new ServerList(list, nameColumn, addressColumn, file.columns()));
        }
        return ExitCode.OK.code();
    }

    private void refuseOptionsWithoutEffect() {
        if (list == null && (nameColumn != null || addressColumn != null)) {
            throw CommandException.badInput("--name and --ip need --match FILE.");
        }
        if (inventory != null) {
            throw CommandException.badInput(
                    "--inventory has no effect in this command. Leave it out, or give your own list with --match.");
        }
    }

    private void refuseUnusableOut() {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandException.badInput(
                    "%s exists already. Nothing was changed. Give another --out, or move the file away."
                            .formatted(out));
        }
        var directory = directory();
        if (!Files.isDirectory(directory)) {
            throw CommandException.badInput(
                    "Cannot write %s: %s %s. Nothing was changed. Give another --out, or create the directory."
                            .formatted(
                                    out, directory, Files.exists(directory) ? "is not a directory" : "does not exist"));
        }
    }

    private Path directory() {
        return Objects.requireNonNull(out.toAbsolutePath().getParent());
    }

    private void match(JobFile file, ServerList servers) throws Exception {
        if (!Files.exists(servers.file())) {
            throw CommandException.badInput(
                    "The list %s does not exist. Nothing was changed. Correct the path after --match."
                            .formatted(servers.file()));
        }
        var checked = JobOptions.report(
                servers.check(),
                servers.file(),
                count -> "The list %s has %s".formatted(servers.file(), count),
                common);
        var rows = servers.rows(checked);
        var sources = sources(file);
        finish(file, sources, SourceInventory.of(sources, file.defaults(), all, rows), checked.leftOut());
    }

    private void finish(JobFile file, SourceIndex sources, SourceInventory found, List<String> leftOut) {
        var required = found.required(file.job().rowRules());
        var complete = found.withColumnsFor(required);
        write(complete);
        new InventoryPrinter(common, job.file(), out, list, leftOut).print(sources.count(), complete, required);
    }

    private SourceIndex sources(JobFile file) throws Exception {
        try (var simulated = new EmbeddedSimulators(common, run -> run.runId());
                var session = cloud.forReading(file, common, simulated).openReadOnly()) {
            var sources = SourceIndex.load(session.sms());
            if (!sources.isComplete()) {
                throw new CommandException(
                        ExitCode.UNREACHABLE,
                        "SMS listed only %s source servers. Nothing was written. Run the same command again."
                                .formatted(sources.coverage()));
            }
            return sources;
        }
    }

    /** Writes a temporary file first, so that a killed command leaves no half of an inventory. Never replaces a file. */
    private void write(SourceInventory written) {
        try {
            var directory = directory();
            var temporary = Files.createTempFile(directory, ".inventory-", ".tmp", PrivateFiles.attributes(directory));
            try {
                try (var stream = Files.newOutputStream(temporary)) {
                    written.write(stream);
                }
                Files.move(temporary, out);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException ex) {
            throw CommandException.badInput("Cannot write %s: %s. Nothing was changed. Give another --out."
                    .formatted(
                            out,
                            ex instanceof NoSuchFileException
                                    ? "its directory does not exist"
                                    : FileFailures.text(ex)));
        }
    }
}
