package dev.smsrunner.report;

import dev.smsrunner.ledger.StoredInventoryLine;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dhatim.fastexcel.Workbook;
import org.jspecify.annotations.Nullable;

/**
 * Writer of {@code report.xlsx}, with the sheets Summary, Servers, Failures, Changes and Events.
 */
final class XlsxReport {

    private static final Set<String> INSTANTS =
            Set.of("queued_at", "started_at", "replicated_at", "launched_at", "finished_at");
    private static final Set<String> AMOUNTS = Set.of("priority", "speed_limit_mbit", "over_speed_threshold");
    private static final Pattern AMOUNT = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Set<String> LONG =
            Set.of("reason", "error_text", "recommended_action", "last_error", "consistency_detail");
    private static final List<Sheet.Column> FAILURES = columns(
            "row",
            "line",
            "server_name",
            "wave_name",
            "outcome",
            "error_code",
            "cause",
            "recommended_action",
            "reason",
            "attempts",
            "task_id",
            "request_id");
    private static final List<Sheet.Column> CHANGES = columns(
            "row",
            "server_name",
            "operation",
            "attempt",
            "state",
            "target",
            "intended_at",
            "answered_at",
            "http_status",
            "error_code",
            "request_id",
            "detail");
    private static final List<Sheet.Column> EVENTS =
            columns("number", "at", "row", "server_name", "kind", "before", "after", "detail", "request_id");

    private final ReportData data;
    private final Path directory;
    private final int maxRows;

    /** @param directory for the temporary file */
    XlsxReport(ReportData data, Path directory) {
        this(data, directory, Sheet.MAX_ROWS);
    }

    XlsxReport(ReportData data, Path directory, int maxRows) {
        this.data = data;
        this.directory = directory;
        this.maxRows = maxRows;
    }

    /** Writes the workbook; the same ledger gives the same bytes. */
    void write(OutputStream out) throws IOException {
        var draft = PrivateFile.createTemporary(directory);
        try {
            writeDraft(draft);
            ReproducibleZip.copy(draft, data.report().run().createdAt(), out);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private void writeDraft(Path file) throws IOException {
        try (var out = new BufferedOutputStream(Files.newOutputStream(file));
                var book = new Workbook(out, "sms-runner", "1.0")) {
            book.setCompressionLevel(1);
            new XlsxSummary(data).write(book);
            servers(book);
            failures(book);
            changes(book);
            events(book);
        }
    }

    private void servers(Workbook book) throws IOException {
        var columns = columns(Stream.concat(data.columnNames().stream(), Stream.of("duration"))
                .toArray(String[]::new));
        var sheet = new Sheet(book, "Servers", columns, maxRows);
        data.withCells((row, line) -> {
            try {
                sheet.row(cells(row, line));
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        });
        sheet.end();
    }

    private List<@Nullable Object> cells(ReportRow row, StoredInventoryLine line) {
        var cells = new ArrayList<@Nullable Object>();
        var texts = data.columns().cells(line);
        for (int at = 0; at < texts.size(); at++) {
            var text = texts.get(at);
            boolean amount = AMOUNTS.contains(data.columns().inventory().get(at))
                    && AMOUNT.matcher(text).matches();
            cells.add(amount ? (Object) Integer.valueOf(text) : text);
        }
        data.values(row).forEach((column, value) -> cells.add(cellValue(column, value)));
        cells.add(row.duration());
        return cells;
    }

    private static @Nullable Object cellValue(String column, @Nullable Object value) {
        return value != null && INSTANTS.contains(column) ? Instant.parse(value.toString()) : value;
    }

    private void failures(Workbook book) throws IOException {
        var sheet = new Sheet(book, "Failures", FAILURES, maxRows);
        for (var cause : data.report().failures()) {
            for (var row : cause.rows()) {
                sheet.row(failure(cause, row));
            }
        }
        sheet.end();
    }

    private static List<@Nullable Object> failure(Cause cause, ReportRow row) {
        var values = row.values();
        return Arrays.asList(
                row.row().row(),
                row.row().line(),
                row.row().serverName(),
                row.row().wave(),
                cause.outcome(),
                cause.errorCode(),
                cause.cause(),
                cause.recommendedAction(),
                row.reason(),
                row.row().attempts(),
                row.row().taskId(),
                values.get("request_id"));
    }

    private void changes(Workbook book) throws IOException {
        var sheet = new Sheet(book, "Changes", CHANGES, maxRows);
        for (var change : data.changes()) {
            sheet.row(new ArrayList<>(data.values(change).values()));
        }
        sheet.end();
    }

    private void events(Workbook book) throws IOException {
        var sheet = new Sheet(book, "Events", EVENTS, maxRows);
        for (var event : data.reportedEvents()) {
            sheet.row(new ArrayList<>(data.values(event).values()));
        }
        sheet.end();
    }

    private static List<Sheet.Column> columns(String... names) {
        return Stream.of(names).map(name -> new Sheet.Column(name, width(name))).toList();
    }

    private static int width(String column) {
        if (column.endsWith("_at") || column.equals("at")) {
            return 20;
        }
        if (LONG.contains(column) || column.equals("cause") || column.equals("detail")) {
            return 60;
        }
        if (column.endsWith("_id") || column.equals("target")) {
            return 38;
        }
        return Math.max(column.length() + 4, column.endsWith("_name") || column.endsWith("_text") ? 22 : 10);
    }
}
