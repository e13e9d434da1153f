package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content of {@code report.xlsx}. */
class XlsxReportTests {

    /** Control characters except tab and line feed, direction marks and invisible line separators. */
    private static final String CONTROL_CHARS =
            "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]";

    @TempDir
    static Path directory;

    static SampleLedger sample;

    @BeforeAll
    static void open() {
        sample = new SampleLedger(directory);
        sample.fill();
    }

    @AfterAll
    static void close() {
        sample.close();
    }

    @Test
    void cellsHaveTypes() throws IOException {
        try (var book = read(write())) {
            var row = row(sheet(book, "Servers"), 1);

            assertThat(row.get("server_name")).isEqualTo("erp-db-01");
            assertThat(row.get("attempts")).isEqualTo(1.0);
            assertThat(row.get("line")).isEqualTo(2.0);
            assertThat(row.get("duration_s")).isEqualTo(3_800.0);
            assertThat((double) row.get("duration") * 86_400).isCloseTo(3_800, within());
            assertThat(row.get("started_at")).isEqualTo(LocalDateTime.parse("2026-11-21T22:00:20"));
            assertThat(row.get("reason")).isNull();
        }
    }

    @Test
    void workbookHasEverySheet() throws IOException {
        try (var book = read(write())) {
            assertThat(book.getSheets().map(Sheet::getName))
                    .containsExactly("Summary", "Servers", "Failures", "Changes", "Events");
            assertThat(sheet(book, "Servers").read()).hasSize(7);
            assertThat(sheet(book, "Failures").read()).hasSize(3);
            assertThat(row(sheet(book, "Failures"), 1))
                    .contains(entry("server_name", "erp-db-02"), entry("error_code", "SMS.0515"));
            assertThat(row(sheet(book, "Changes"), 1))
                    .contains(entry("operation", "CREATE"), entry("request_id", "req-5"), entry("http_status", 200.0));
            assertThat(sheet(book, "Events").read()).hasSize(8);
        }
    }

    @Test
    void headerIsFrozenAndFilterable() throws IOException {
        var xml = part(write(), "xl/worksheets/sheet2.xml");

        assertThat(xml).contains("state=\"frozen\"", "<autoFilter ref=\"A1:AF7\"");
    }

    @Test
    void formulasAreTexts() throws IOException {
        try (var book = read(write())) {
            assertThat(row(sheet(book, "Servers"), 2)).containsEntry("inventory_outcome", "'=cmd|' /C calc'!A0");
            assertThat(book.getSheets().flatMap(XlsxReportTests::cellTypes)).doesNotContain(CellType.FORMULA);
        }
    }

    @Test
    void hostileCellsAreTexts() throws IOException {
        var cells = HostileValues.cells();
        var other = java.nio.file.Files.createDirectory(directory.resolve("hostile"));
        try (var hostile = new SampleLedger(other)) {
            HtmlReportTests.fill(hostile, cells);
            var files = hostile.reporter().write(hostile.run());
            try (var book = read(files.xlsx())) {
                assertThat(rows(sheet(book, "Servers")).stream().map(row -> row.get("owner_email")))
                        .containsExactlyElementsOf(
                                cells.stream().map(Cell::text).toList());
                assertThat(book.getSheets().flatMap(XlsxReportTests::cellTypes)).doesNotContain(CellType.FORMULA);
            }
            assertThat(cells).hasSizeGreaterThanOrEqualTo(200);
            assertThat(new tools.jackson.databind.json.JsonMapper()
                            .readTree(files.json())
                            .at("/rows")
                            .findValuesAsString("owner_email"))
                    .isEqualTo(cells);
            for (var file : List.of(files.csv(), files.json())) {
                assertThat(Files.readString(file).replace("\r\n", "\n"))
                        .as("control characters in " + file.getFileName())
                        .doesNotContainPattern(CONTROL_CHARS);
            }
        }
    }

    @Test
    void unchangedLedgerGivesTheSameBytesAtAnyTime() throws IOException {
        var first = Files.readAllBytes(write());

        assertThat(part(sample.reporter().write(sample.run(), ReportFormat.XLSX).xlsx(), "docProps/core.xml"))
                .contains(">2026-11-21T22:00:00Z<");
        assertThat(write()).hasBinaryContent(first);
    }

    @Test
    void longTableContinuesOnAnotherSheet() throws IOException {
        var out = new ByteArrayOutputStream();
        new XlsxReport(ReportData.of(RunReport.of(sample.run(), sample.ledger()), sample.ledger()), directory, 4)
                .write(out);
        var file = Files.write(directory.resolve("small-sheets.xlsx"), out.toByteArray());

        try (var book = read(file)) {
            assertThat(book.getSheets().map(Sheet::getName))
                    .containsExactly(
                            "Summary", "Servers", "Servers 2", "Failures", "Changes", "Events", "Events 2", "Events 3");
            assertThat(sheet(book, "Servers").read()).hasSize(4);
            assertThat(sheet(book, "Servers 2").read()).hasSize(4);
            assertThat(row(sheet(book, "Servers 2"), 3)).containsEntry("server_name", "müll-01");
        }
    }

    @Test
    void longCellIsTruncated() {
        assertThat(Cell.text("x".repeat(32_767))).hasSize(32_767).doesNotContain("cut");
        assertThat(Cell.text("x".repeat(32_768))).hasSize(32_767).endsWith("report.json has it all)");
        assertThat(Cell.text("a".repeat(32_732) + "𝒮".repeat(100))
                                .chars()
                                .filter(letter -> Character.isSurrogate((char) letter))
                                .count()
                        % 2)
                .isZero();
    }

    @Test
    void charactersThatXmlForbidsAreReplaced() {
        assertThat(Cell.text("\u001b[31m\u0000\u007f\ud800 \ufffe")).isEqualTo("\u241b[31m\u2400\u2421\ufffd \ufffd");
        assertThat(Cell.text("_x0041_ 𝒮\n\tü")).isEqualTo("_x005F_x0041_ 𝒮\n\tü");
    }

    private static Path write() {
        return sample.reporter().write(sample.run(), ReportFormat.XLSX).xlsx();
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(0.001);
    }

    private static ReadableWorkbook read(Path file) throws IOException {
        return new ReadableWorkbook(file.toFile());
    }

    private static Sheet sheet(ReadableWorkbook book, String name) {
        return book.findSheet(name).orElseThrow();
    }

    private static java.util.stream.Stream<CellType> cellTypes(Sheet sheet) {
        try {
            return sheet.read().stream()
                    .flatMap(Row::stream)
                    .filter(java.util.Objects::nonNull)
                    .map(cell -> cell.getType());
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private static Map<String, Object> row(Sheet sheet, int number) throws IOException {
        return rows(sheet).get(number - 1);
    }

    /** The rows by the names of their columns: numbers, instants without zone, texts. */
    static List<Map<String, Object>> rows(Sheet sheet) throws IOException {
        var rows = sheet.read();
        List<String> names = rows.get(0).stream().map(cell -> cell.asString()).toList();
        return rows.stream().skip(1).map(row -> values(names, row)).toList();
    }

    private static Map<String, Object> values(List<String> names, Row row) {
        var values = new LinkedHashMap<String, Object>();
        for (int at = 0; at < names.size(); at++) {
            var cell = row.getOptionalCell(at).orElse(null);
            values.put(names.get(at), cell == null ? null : value(names.get(at), cell));
        }
        return values;
    }

    private static Object value(String name, org.dhatim.fastexcel.reader.Cell cell) {
        return switch (cell.getType()) {
            case EMPTY -> null;
            case NUMBER ->
                name.endsWith("_at") ? cell.asDate() : (Object) cell.asNumber().doubleValue();
            default -> cell.asString();
        };
    }

    private static String part(Path file, String name) throws IOException {
        try (var zip = new java.util.zip.ZipFile(file.toFile())) {
            return new String(
                    zip.getInputStream(zip.getEntry(name)).readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }
}
