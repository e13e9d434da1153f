package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.intake.ServerList;
import dev.smsrunner.intake.SourceInventory;
import dev.smsrunner.inventory.ColumnMapping;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Plural;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private static final int MAX_LISTED = 20;

    @Mixin
    private JobOptions job;

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
        if (list == null && (nameColumn != null || addressColumn != null)) {
            throw CommandException.badInput("--name and --ip need --match FILE.");
        }
        var file = job.read(common);
        if (BulkJobs.of(file).usesDcs()) {
            throw CommandException.badInput(
                    "The job %s has no source servers. Use a job file of SMS, such as job: migrate."
                            .formatted(file.job().label()));
        }
        refuseExisting();
        var rows = list == null ? null : rowsOf(list, file.columns());
        var sources = sources(file);
        var inventory = rows == null
                ? SourceInventory.of(sources, file.defaults(), all)
                : SourceInventory.of(sources, file.defaults(), all, rows);
        write(inventory);
        print(sources.count(), inventory);
        return ExitCode.OK.code();
    }

    private void refuseExisting() {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw CommandException.badInput(
                    "%s exists already. Nothing was changed. Give another --out, or move the file away."
                            .formatted(out));
        }
    }

    private List<InventoryRow> rowsOf(Path file, ColumnMapping columns) throws IOException {
        var servers = new ServerList(file, nameColumn, addressColumn, columns);
        return servers.rows(JobOptions.report(servers.check(), file, common));
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
    private void write(SourceInventory inventory) {
        try {
            var directory = Objects.requireNonNull(out.toAbsolutePath().getParent());
            var temporary = Files.createTempFile(directory, ".inventory-", ".tmp", PrivateFiles.attributes(directory));
            try {
                try (var stream = Files.newOutputStream(temporary)) {
                    inventory.write(stream);
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

    private void print(int registered, SourceInventory inventory) {
        var console = common.console();
        if (common.json) {
            console.result(CliJson.text(json(registered, inventory)));
            return;
        }
        var finished = inventory.finished();
        console.result(Console.safe("%s of %d registered in %s%s."
                .formatted(
                        Plural.of(inventory.rows().size(), "server"),
                        registered,
                        out,
                        finished.isEmpty()
                                ? ""
                                : "; %d left out, since their migration is finished (--all includes them)"
                                        .formatted(finished.size()))));
        list("Only in SMS", inventory.onlyInSms());
        list("Only in " + list + ", not registered in SMS", inventory.onlyInList());
        list("Doubtful", inventory.doubtful());
        console.result(Console.safe("Next: fill in wave_name, then %s plan %s --inventory %s"
                .formatted(common.context().program(), job.file(), out)));
    }

    private void list(String title, List<String> servers) {
        if (servers.isEmpty()) {
            return;
        }
        var console = common.console();
        console.result(Console.safe("%s (%d):".formatted(title, servers.size())));
        servers.stream().limit(MAX_LISTED).forEach(server -> console.result(Console.safe("  " + server)));
        if (servers.size() > MAX_LISTED) {
            console.result("  and %d more; use --json to list all".formatted(servers.size() - MAX_LISTED));
        }
    }

    private Map<String, Object> json(int registered, SourceInventory inventory) {
        var json = new LinkedHashMap<String, Object>();
        json.put("file", out.toString());
        json.put("registered", registered);
        json.put("rows", inventory.rows().size());
        json.put("finished", inventory.finished());
        json.put("only_in_sms", inventory.onlyInSms());
        json.put("only_in_list", inventory.onlyInList());
        json.put("doubtful", inventory.doubtful());
        return json;
    }
}
