package dev.smsrunner.report;

import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writer of {@code report.json}: the full ledger content of the run, streamed row by row. */
record JsonReport(ReportData data) {

    /** Columns with the position of a row in the inventory, in the JSON report only. */
    static final List<String> NUMBERS = List.of("row", "line");

    private static final ObjectWriter JSON = JsonMapper.builder()
            .build()
            .writer()
            .with(new ControlCharJsonEscapes())
            .with(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET);

    void write(OutputStream out) {
        var report = data.report();
        try (var json = JSON.createGenerator(out)) {
            json.writeStartObject();
            facts(report.run(), data.gates().begunBy()).forEach(json::writePOJOProperty);
            json.writePOJOProperty("outcome", report.summary().outcome());
            rows(json);
            json.writePOJOProperty(
                    "failures", report.failures().stream().map(Cause::json).toList());
            changes(json);
            events(json);
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static Map<String, @Nullable Object> facts(Run run, @Nullable String begunBy) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("run_id", run.runId());
        facts.put("job", run.job());
        facts.put("job_file", run.jobFile().toString());
        facts.put("inventory", run.inventoryFile().toString());
        facts.put("inventory_sha256", run.inventoryHash());
        facts.put("state", run.state().name());
        facts.put("created_at", ReportFormats.millis(run.createdAt()));
        facts.put("ended_at", ReportFormats.millis(run.endedAt()));
        facts.put("rerun_of", run.rerunOf());
        facts.put("begun_by", begunBy);
        facts.put("report_directory", ReportFiles.directory(run).toString());
        return facts;
    }

    private void rows(JsonGenerator json) {
        json.writeArrayPropertyStart("rows");
        data.withCells((row, line) -> json.writePOJO(row(row, line)));
        json.writeEndArray();
    }

    private Map<String, @Nullable Object> row(ReportRow row, StoredInventoryLine line) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("row", row.row().row());
        values.put("line", row.row().line());
        var cells = data.columns().cells(line);
        for (int at = 0; at < cells.size(); at++) {
            values.put(data.columns().echoed().get(at), cells.get(at));
        }
        values.putAll(data.values(row));
        return values;
    }

    private void changes(JsonGenerator json) {
        json.writeArrayPropertyStart("changes");
        data.changes().forEach(change -> json.writePOJO(withTexts(data.values(change))));
        json.writeEndArray();
    }

    private void events(JsonGenerator json) {
        json.writeArrayPropertyStart("events");
        for (var event : data.events()) {
            var values = data.values(event);
            values.put("token", event.token());
            json.writePOJO(withTexts(values));
        }
        json.writeEndArray();
    }

    private static Map<String, @Nullable Object> withTexts(Map<String, @Nullable Object> values) {
        values.replaceAll((column, value) -> value instanceof Instant at ? ReportFormats.millis(at) : value);
        return values;
    }
}
