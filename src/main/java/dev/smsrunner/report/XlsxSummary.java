package dev.smsrunner.report;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** Writer of the sheet Summary: run, outcomes, waves and calls. */
final class XlsxSummary {

    private final ReportData data;
    private int at;

    XlsxSummary(ReportData data) {
        this.data = data;
    }

    void write(Workbook book) throws IOException {
        var sheet = book.newWorksheet("Summary");
        sheet.width(0, 24);
        sheet.width(1, 44);
        for (int column = 2; column < 12; column++) {
            sheet.width(column, 13);
        }
        facts(sheet);
        outcomes(sheet);
        waves(sheet);
        calls(sheet);
        sheet.finish();
    }

    private void facts(Worksheet sheet) {
        var run = data.report().run();
        heading(sheet, "Run");
        line(sheet, "run_id", run.runId());
        line(sheet, "job", run.job());
        line(sheet, "state", run.state());
        line(sheet, "created_at", run.createdAt());
        line(sheet, "ended_at", run.endedAt());
        line(sheet, "took", run.endedAt() == null ? null : Duration.between(run.createdAt(), run.endedAt()));
        line(sheet, "job_file", run.jobFile());
        line(sheet, "inventory", run.inventoryFile());
        line(sheet, "inventory_sha256", run.inventoryHash());
        line(sheet, "rerun_of", run.rerunOf());
        line(sheet, "begun_by", data.gates().begunBy());
        line(sheet, "report_directory", ReportFiles.directory(run));
        line(sheet, "time zone", "UTC");
    }

    private void outcomes(Worksheet sheet) {
        var summary = data.report().summary();
        heading(sheet, "Outcome", "rows");
        for (var outcome : Outcome.values()) {
            line(sheet, outcome.name(), summary.count(outcome));
        }
        line(sheet, "all", summary.rows());
        line(sheet, "a rerun would take", summary.rowsToRerun());
    }

    private void waves(Worksheet sheet) {
        var names = new ArrayList<>(List.of("Wave", "rows"));
        Arrays.stream(Stage.values())
                .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                .forEach(names::add);
        names.addAll(List.of("failed", "attention"));
        heading(sheet, names.toArray(String[]::new));
        for (var wave : data.report().stageCounts().waves()) {
            var cells = new ArrayList<@Nullable Object>(List.of(wave.name().isEmpty() ? "(none)" : wave.name()));
            cells.add(wave.rows());
            Arrays.stream(Stage.values()).map(wave::count).forEach(cells::add);
            cells.add(wave.failedRows());
            cells.add(wave.attention());
            line(sheet, cells.toArray());
        }
    }

    private void calls(Worksheet sheet) {
        heading(sheet, "Calls to the service");
        var samples = data.samples();
        if (samples.isEmpty()) {
            line(sheet, "no samples");
        } else {
            line(sheet, "calls", samples.stream().mapToLong(ApiSample::calls).sum());
            line(
                    sheet,
                    "answered with 429",
                    samples.stream().mapToLong(ApiSample::throttled).sum());
        }
        line(sheet, "changes intended", data.changes().size());
    }

    private void heading(Worksheet sheet, String... titles) {
        at += at == 0 ? 0 : 1;
        for (int column = 0; column < titles.length; column++) {
            Cell.put(sheet, at, column, titles[column]);
            sheet.style(at, column).bold().fillColor("DDE6F0").set();
        }
        at++;
    }

    private void line(Worksheet sheet, @Nullable Object... values) {
        for (int column = 0; column < values.length; column++) {
            Cell.put(sheet, at, column, values[column]);
        }
        at++;
    }
}
