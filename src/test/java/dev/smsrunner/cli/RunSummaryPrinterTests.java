package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.report.SampleLedger;
import dev.smsrunner.support.SuggestedCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summary after a run. */
class RunSummaryPrinterTests {

    @TempDir
    Path directory;

    @Test
    void finishedRunWithFailuresShowsCausesAndRerun() {
        try (var sample = new SampleLedger(directory)) {
            sample.finish(sample.fill());

            var lines = summary(RunReport.of(sample.run(), sample.ledger()), " --data /d");

            assertThat(String.join("\n", lines))
                    .startsWith("Run 20261121-2200-7f3c is finished after 3h00m.")
                    .contains("MIGRATED     1", "FAILED       3", "all          6")
                    .contains("2 x FAILED: given up\n      hr-app-02 (row 5), müll-01 (row 6)")
                    .contains("1 x FAILED SMS.0515")
                    .contains("Reports: " + sample.reports().resolve(SampleLedger.RUN_ID))
                    .contains("Repeat:  bin/sms-runner rerun 20261121-2200-7f3c --data /d")
                    .endsWith("rerun.csv --data /d");
        }
    }

    @Test
    void pathsInCommandsAreQuotedForAShell() throws IOException {
        var folder = Files.createDirectory(directory.resolve("night one"));
        try (var sample = new SampleLedger(folder)) {
            sample.finish(sample.fill());

            var lines = summary(RunReport.of(sample.run(), sample.ledger()), "");

            assertThat(lines)
                    .last()
                    .asString()
                    .endsWith(" --inventory '%s'"
                            .formatted(sample.reports()
                                    .resolve(SampleLedger.RUN_ID)
                                    .resolve("rerun.csv")));
        }
    }

    @Test
    void stoppedRunShowsResume() {
        try (var sample = new SampleLedger(directory)) {
            sample.runs().end(sample.fill(), RunState.STOPPED);

            var lines = summary(RunReport.of(sample.run(), sample.ledger()), "");

            assertThat(lines).last().isEqualTo("Resume:  bin/sms-runner resume 20261121-2200-7f3c");
            assertThat(lines.get(0)).contains("is not finished");
        }
    }

    @Test
    void listIsLimitedToTwentyServers() {
        try (var sample = new SampleLedger(directory)) {
            sample.fill();
            var rows = new ArrayList<ReportRow>();
            for (int row = 1; row <= 30; row++) {
                rows.add(ReportRow.of(sample.run(), failed(row, row <= 25 ? "SMS.1" : "SMS.2")));
            }

            var lines = summary(new RunReport(sample.run(), rows), "");

            assertThat(lines)
                    .contains(
                            "  25 x FAILED SMS.1: disk of srv-1 at src-1-id is gone (message for srv-1; similar for 24 others)",
                            "  5 x FAILED SMS.2: disk of srv-26 at src-26-id is gone (message for srv-26; similar for 4 others)");
            assertThat(lines.stream().filter(line -> line.contains("(row ")))
                    .singleElement()
                    .asString()
                    .contains("srv-20 (row 20), and 5 more")
                    .doesNotContain("srv-21");
        }
    }

    @Test
    void withoutFailuresNoRerunIsSuggested() {
        try (var sample = new SampleLedger(directory)) {
            var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
            var row = SampleLedger.row(1, 2, "a", "");
            sample.ledger().append(owner, List.of(row), List.of(new StoredInventoryLine(1, 2, Map.of())));
            sample.ledger()
                    .write(
                            owner,
                            List.of(LedgerWrite.of(row.end(Outcome.MIGRATED, null, SampleLedger.BEGIN), List.of())));
            sample.runs().end(owner, RunState.FINISHED);

            assertThat(summary(RunReport.of(sample.run(), sample.ledger()), ""))
                    .last()
                    .asString()
                    .startsWith("Reports: ");
        }
    }

    @Test
    void rowsAreGroupedByCauseWithoutPlaceholders() {
        try (var sample = new SampleLedger(directory)) {
            sample.fill();
            var rows = List.of(rejected(1, "t-1"), rejected(2, "t-2"), rejected(3, "t-3")).stream()
                    .map(row -> ReportRow.of(sample.run(), row))
                    .toList();

            assertThat(summary(new RunReport(sample.run(), rows), ""))
                    .contains(
                            "  3 x REJECTED: DCS has no data-migration task t-1. (message for t-1; similar for 2 others)")
                    .noneMatch(line -> line.contains("<"));
            assertThat(summary(new RunReport(sample.run(), rows.subList(1, 2)), ""))
                    .contains("  1 x REJECTED: DCS has no data-migration task t-2.");
        }
    }

    private static LedgerRow rejected(int row, String task) {
        return SampleLedger.row(row, row + 1, task, "")
                .end(Outcome.REJECTED, "DCS has no data-migration task " + task + ".", SampleLedger.BEGIN);
    }

    private static List<String> summary(RunReport report, String options) {
        return new RunSummaryPrinter(report, new AnsiStyle(false), new SuggestedCommands("bin/sms-runner", options))
                .lines();
    }

    private static LedgerRow failed(int row, String code) {
        return SampleLedger.row(row, row + 1, "srv-" + row, "")
                .withSource("src-" + row + "-id", null)
                .withFailure(new Failure(
                        code, "disk of srv-" + row + " at src-" + row + "-id is gone", "target", "Look.", null))
                .end(Outcome.FAILED, "given up", SampleLedger.BEGIN);
    }
}
