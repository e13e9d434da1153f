package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.inventory.PlainFile;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.verify.SecretPatterns;
import dev.smsrunner.verify.Verification;
import dev.smsrunner.verify.VerificationResult;
import dev.smsrunner.verify.VerificationResult.Remark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks that a run kept what is promised. */
@Command(
        name = "verify",
        header = "Checks that a run kept what is promised: nothing lost, nothing twice, everything explained.",
        description = {
            "Compares events, rows, calls and reports of the run with each other; changes nothing. Prints a line per",
            "violation and what was checked. Exit code 0: none; 1: some; works beside a run that goes on."
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private RunSelector choice;

    @Option(
            names = "--remote",
            description = "Also look at the present state of the sources and tasks in the service; only reads.")
    private boolean remote;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description =
                    "Audit of a simulator (audit.jsonl in its --state directory); that of the built-in simulator is found.")
    private @Nullable Path audit;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        if (audit != null) {
            mustBeRegular(audit);
        }
        try (var books = RunQueries.open(common)) {
            var all = books.runs().findAll();
            var run = choice.among(all, common.place());
            boolean live = books.holder(run).isPresent();
            var verified = remote ? asking(books, run, live) : verified(books, run, live, null);
            print(verified);
            return verified.violations().isEmpty() ? ExitCode.OK.code() : ExitCode.SOME_FAILED.code();
        }
    }

    private VerificationResult asking(RunQueries books, Run run, boolean live) {
        JobFile job = new RecordedJobOptions().of(run, common);
        if (job.stopDcs() != null) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "--remote looks at SMS; run %s works on DCS. Leave it out.".formatted(run.runId()));
        }
        try (var simulated = new EmbeddedSimulators(common, books::worldOf);
                var session = cloud.open(job, common, simulated).open(run, VerifyCommand::refuse)) {
            return verified(books, run, live, session.sms());
        }
    }

    private static void refuse(String operation) {
        throw new IllegalStateException(operation + " was about to change something while a run was verified");
    }

    private VerificationResult verified(
            RunQueries books, Run run, boolean live, dev.smsrunner.sms.@Nullable SmsApi sms) {
        var file = audit != null ? audit : found(books, run);
        try {
            return new Verification(
                            books.source(), books.ledger(), common.clock(), sought(), common.data.resolve("logs"))
                    .of(run, live, file, sms);
        } catch (IOException ex) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "The audit cannot be read: %s. Name the audit.jsonl of the simulator with --audit."
                            .formatted(ex.getMessage()));
        }
    }

    private SecretPatterns sought() {
        var own = new LinkedHashMap<String, Secret>();
        common.databasePassword()
                .ifPresent(password -> own.put("password of the embedded database", Secret.of(password)));
        return new SecretPatterns(cloud.secrets(common), own);
    }

    /** The audit of the simulated world that the run worked in, null when it worked in none that is here. */
    private @Nullable Path found(RunQueries books, Run run) {
        if (!"simulator".equals(run.settings().get("service.endpoint"))) {
            return null;
        }
        var state = run.settings().get("simulator.state");
        var world = state != null && run.jobFile().getParent() != null
                ? run.jobFile().getParent().resolve(state)
                : common.data.resolve("simulator").resolve(books.worldOf(run));
        var file = world.resolve("audit.jsonl");
        if (!Files.exists(file)) {
            return null;
        }
        mustBeRegular(file);
        return file;
    }

    /** Refuses a pipe, which would block the command, and a device, which may have no end. A missing file is reported when it is read. */
    private static void mustBeRegular(Path file) {
        var foreign = PlainFile.problemOf(file);
        if (foreign != null) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "The audit cannot be read: %s %s. Name the audit.jsonl of the simulator with --audit."
                            .formatted(file, foreign.what()));
        }
    }

    private void print(VerificationResult verified) {
        var console = common.console();
        if (common.json) {
            console.result(CliJson.text(verified.json()));
            return;
        }
        verified.violations().forEach(one -> console.result(console.outPaint().bad(Console.safe(one.line()))));
        console.result("Run %s: %s".formatted(verified.runId(), count(verified)));
        verified.notes().forEach(text -> console.result("  " + Console.safe(text)));
        console.result("Checked:");
        verified.checked().forEach(remark -> console.result(line(remark)));
        console.result("Not checked:");
        verified.notChecked().forEach(remark -> console.result(line(remark)));
        if (verified.chain() != null) {
            console.result("Chain of events ends with " + verified.chain());
        }
    }

    private static String count(VerificationResult verified) {
        int count = verified.violations().size();
        return count == 0 ? "no violation." : count == 1 ? "1 violation." : count + " violations.";
    }

    private static String line(Remark remark) {
        return "  %-6s %s".formatted(remark.invariant(), Console.safe(remark.text()));
    }
}
