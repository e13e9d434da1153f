package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cloud.CloudRequest;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.inventory.PlainFile;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.support.FileFailures;
import dev.smsrunner.verify.JobCalls;
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

/** Verifies the guarantees of a run. */
@Command(
        name = "verify",
        header = "Verifies the guarantees of a run: nothing lost, nothing done twice, everything explained.",
        description = {
            "Compares events, rows, calls and reports of the run with each other; changes nothing. Prints a line per",
            "violation and the list of checks. Exit code 0: no violation; 1: violations. Also works during a run."
        })
final class VerifyCommand implements Callable<Integer> {

    @Mixin
    private RunSelector selector;

    @Option(
            names = "--remote",
            description = "Also compare the current state of the sources and tasks in the service; read-only.")
    private boolean remote;

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description =
                    "Audit of a simulator (audit.jsonl in its --state directory); the audit of the built-in simulator is found automatically.")
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
        try (var queries = RunQueries.open(common)) {
            var all = queries.runs().findAll();
            var run = selector.select(all, common.place());
            boolean live = queries.holder(run).isPresent();
            var result = remote ? verifyRemote(queries, run, live) : verify(queries, run, live, null);
            print(result);
            return result.violations().isEmpty() ? ExitCode.OK.code() : ExitCode.SOME_FAILED.code();
        }
    }

    private VerificationResult verifyRemote(RunQueries queries, Run run, boolean live) {
        JobFile job = new RecordedJobOptions().of(run, common);
        if (BulkJobs.of(job).usesDcs()) {
            throw CommandException.badInput(
                    "--remote supports SMS only, but run %s uses DCS. Remove --remote.".formatted(run.runId()));
        }
        try (var simulated = new EmbeddedSimulators(common, queries::worldOf);
                var session = cloud.open(job, common, simulated).open(run, VerifyCommand::refuse)) {
            return verify(queries, run, live, session.sms());
        }
    }

    private static void refuse(CloudRequest request) {
        throw new IllegalStateException(request.operation() + " is a mutating call during a verification");
    }

    private VerificationResult verify(
            RunQueries queries, Run run, boolean live, dev.smsrunner.sms.@Nullable SmsApi sms) {
        var file = audit != null ? audit : findAudit(queries, run);
        try {
            return new Verification(
                            queries.source(),
                            queries.ledger(),
                            new JobCalls(BulkJobs.calls()),
                            common.clock(),
                            secretPatterns(),
                            common.data.resolve("logs"))
                    .of(run, live, file, sms);
        } catch (IOException ex) {
            throw CommandException.badInput(
                    "Cannot read the audit: %s. Set the audit.jsonl of the simulator with --audit."
                            .formatted(FileFailures.textWithFile(ex)));
        }
    }

    private SecretPatterns secretPatterns() {
        var own = new LinkedHashMap<String, Secret>();
        common.databasePassword()
                .ifPresent(password -> own.put("password of the embedded database", Secret.of(password)));
        return new SecretPatterns(cloud.secrets(common), own);
    }

    /** Audit of the simulated world of the run, null without a local one. */
    private @Nullable Path findAudit(RunQueries queries, Run run) {
        if (!"simulator".equals(run.settings().get("service.endpoint"))) {
            return null;
        }
        var state = run.settings().get("simulator.state");
        var world = state != null && run.jobFile().getParent() != null
                ? run.jobFile().getParent().resolve(state)
                : common.data.resolve("simulator").resolve(queries.worldOf(run));
        var file = world.resolve("audit.jsonl");
        if (!Files.exists(file)) {
            return null;
        }
        mustBeRegular(file);
        return file;
    }

    /** Rejects a pipe, which would block the command, and a device, which may be endless. A missing file is reported later. */
    private static void mustBeRegular(Path file) {
        var problem = PlainFile.problemOf(file);
        if (problem != null) {
            throw CommandException.badInput(
                    "Cannot read the audit: %s %s. Set the audit.jsonl of the simulator with --audit."
                            .formatted(file, problem.what()));
        }
    }

    private void print(VerificationResult result) {
        var console = common.console();
        if (common.json) {
            console.result(CliJson.text(result.json()));
            return;
        }
        result.violations().forEach(one -> console.result(console.outStyle().bad(Console.safe(one.line()))));
        console.result("Run %s: %s".formatted(result.runId(), count(result)));
        result.notes().forEach(text -> console.result("  " + Console.safe(text)));
        console.result("Checked:");
        result.checked().forEach(remark -> console.result(line(remark)));
        console.result("Not checked:");
        result.notChecked().forEach(remark -> console.result(line(remark)));
        if (result.chain() != null) {
            console.result("Chain of events ends with " + result.chain());
        }
    }

    private static String count(VerificationResult result) {
        int count = result.violations().size();
        return count == 0 ? "no violation." : Plural.of(count, "violation") + ".";
    }

    private static String line(Remark remark) {
        return "  %-6s %s".formatted(remark.invariant(), Console.safe(remark.text()));
    }
}
