package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reports from a real ledger. */
class ReportsTests {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path directory;

    SampleLedger sample;

    @BeforeEach
    void open() {
        sample = new SampleLedger(directory);
    }

    @AfterEach
    void close() {
        sample.close();
    }

    @Test
    void reportsMatchTheGoldenFiles() throws IOException {
        sample.fill();

        var files = sample.reporter().write(sample.run());

        assertGolden(files.csv());
        assertGolden(files.rerun());
        assertGolden(files.json());
    }

    @Test
    void everyInventoryRowHasOneReportRow() throws IOException {
        sample.fill();

        var files = sample.reporter().write(sample.run());

        assertThat(json(files).at("/rows").findValuesAsString("server_name"))
                .containsExactly("erp-db-01", "erp-db-02", "fs-01", "hr-app-01", "hr-app-02", "müll-01");
        assertThat(files.summary().rows()).isEqualTo(6);
        assertThat(files.summary().outcome().values().stream()
                        .mapToInt(each -> each)
                        .sum())
                .isEqualTo(6);
        assertThat(files.summary().outcome()).containsKeys(Outcome.values()).containsEntry(Outcome.DONE, 0);
        assertThat(files.summary().rowsToRerun()).isEqualTo(4);
    }

    @Test
    void unchangedLedgerGivesTheSameBytes() throws IOException {
        sample.fill();
        var first = sample.reporter().write(sample.run());
        var csv = Files.readAllBytes(first.csv());
        var json = Files.readAllBytes(first.json());
        var rerun = Files.readAllBytes(first.rerun());
        for (var file : first.of(ReportFormat.ALL)) {
            Files.delete(file);
        }

        sample.reporter().write(sample.run());

        assertThat(first.csv()).hasBinaryContent(csv);
        assertThat(first.json()).hasBinaryContent(json);
        assertThat(first.rerun()).hasBinaryContent(rerun);
    }

    @Test
    void openRowsOfAStopRequestCountAsStopped() {
        var owner = sample.fill();
        sample.runs().requestStop(owner.runId(), TestLedger.OPERATOR);
        assertThat(summary().count(Outcome.WAITING)).isEqualTo(2);

        sample.runs().end(owner, RunState.STOPPED);

        assertThat(summary().count(Outcome.STOPPED)).isEqualTo(2);
        assertThat(summary().count(Outcome.WAITING)).isZero();
        assertThat(Summary.ofCounts(sample.run(), sample.runs().outcomeCounts().get(owner.runId())))
                .isEqualTo(summary());
    }

    @Test
    void openRowsOfASignalCountAsWaiting() {
        var owner = sample.fill();

        sample.runs().end(owner, RunState.STOPPED);

        assertThat(summary().count(Outcome.WAITING)).isEqualTo(2);
    }

    @Test
    void rerunRepeatsFailedRejectedAndOpenRows() {
        sample.fill();
        var ledger = sample.ledger();

        var lines = Rerun.of(sample.run(), ledger.findAll(SampleLedger.RUN_ID), List.of())
                .lines(ledger.inventory(SampleLedger.RUN_ID));

        assertThat(lines).extracting(StoredInventoryLine::row).containsExactly(2, 3, 5, 6);
    }

    @Test
    void rerunInventoryWithoutRowsHasAHeader() throws IOException {
        var owner = sample.begin(SampleLedger.RUN_ID, "key-1", SampleLedger.BEGIN);
        var row = SampleLedger.row(1, 2, "a", "");
        sample.ledger().append(owner, List.of(row), List.of(new StoredInventoryLine(1, 2, Map.of("server_name", "a"))));
        sample.ledger()
                .write(owner, List.of(LedgerWrite.of(row.end(Outcome.MIGRATED, null, SampleLedger.BEGIN), List.of())));

        var files = sample.reporter().write(sample.run());

        assertThat(files.rerun()).hasContent("server_name\r\n");
    }

    @Test
    void jsonKeepsCellsUnescaped() throws IOException {
        sample.fill();

        var json = json(sample.reporter().write(sample.run()));

        assertThat(json.at("/rows/1/inventory_outcome").asString()).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(json.at("/rows/5/comment").asString()).isEqualTo("＝1+1");
        assertThat(json.at("/rows/0/duration_s").asInt()).isEqualTo(3_800);
        assertThat(json.at("/rows/4/duration_s").isNull()).isTrue();
    }

    @Test
    void filesArePrivateAndNoTemporaryFileRemains() throws IOException {
        sample.fill();

        var files = sample.reporter().write(sample.run());

        assertThat(permissions(files.directory())).isEqualTo("rwx------");
        assertThat(permissions(sample.reports())).isEqualTo("rwx------");
        try (var all = Files.list(files.directory())) {
            assertThat(all.toList())
                    .containsExactlyInAnyOrderElementsOf(files.of(ReportFormat.ALL))
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
        }
    }

    @Test
    void staleTemporaryFilesAreDeleted() throws IOException {
        sample.fill();
        var files = sample.reporter().write(sample.run());
        var old = Files.createFile(files.directory().resolve(".unfinished-1.tmp"));
        var young = Files.createFile(files.directory().resolve(".unfinished-2.tmp"));
        var now = SampleLedger.BEGIN.plus(Duration.ofHours(3));
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(2))));
        Files.setLastModifiedTime(young, FileTime.from(now));

        sample.reporter().write(sample.run());

        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    @Test
    void onlyTheRequestedFormatIsWritten() {
        sample.fill();

        var files = sample.reporter().write(sample.run(), ReportFormat.CSV);

        assertThat(files.csv()).exists();
        assertThat(files.rerun()).exists();
        assertThat(files.json()).doesNotExist();
    }

    @Test
    void unwritableDirectoryIsInTheMessage() throws IOException {
        sample.fill();
        Files.writeString(sample.reports(), "a file is in the way");

        assertThatThrownBy(() -> sample.reporter().write(sample.run()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining(sample.reports().toString())
                .hasMessageContaining("report " + SampleLedger.RUN_ID);
    }

    @Test
    void unwritableFileLeavesNoTemporaryFile() throws IOException {
        sample.fill();
        var files = sample.reporter().write(sample.run());
        Files.delete(files.csv());
        Files.createDirectory(files.csv());

        assertThatThrownBy(() -> sample.reporter().write(sample.run()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("report.csv is a directory");
        try (var all = Files.list(files.directory())) {
            assertThat(all.toList()).containsExactlyInAnyOrderElementsOf(files.of(ReportFormat.ALL));
        }
    }

    @Test
    void unwritableFilesDoNotPreventTheOthers() throws IOException {
        sample.fill();
        var files = ReportFiles.of(sample.run(), summary());
        Files.createDirectories(files.csv());
        Files.createDirectories(files.xlsx());

        assertThatThrownBy(() -> sample.reporter().write(sample.run()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("report.csv is a directory")
                .hasMessageContaining("report.xlsx is a directory")
                .hasMessageNotContaining("report.json")
                .hasSuppressedException(new IOException(files.xlsx() + " is a directory"));
        assertThat(List.of(files.rerun(), files.json()))
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }

    @Test
    void symbolicLinkIsRefused() throws IOException {
        sample.fill();
        Files.createDirectories(sample.reports());
        var elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(sample.reports().resolve(SampleLedger.RUN_ID), elsewhere);

        assertThatThrownBy(() -> sample.reporter().write(sample.run()))
                .isInstanceOf(ReportException.class)
                .hasMessageContaining("symbolic link");
        assertThat(elsewhere).isEmptyDirectory();
    }

    private Summary summary() {
        return RunReport.of(sample.run(), sample.ledger()).summary();
    }

    private static JsonNode json(ReportFiles files) {
        return JSON.readTree(files.json());
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private void assertGolden(Path file) throws IOException {
        var actual = Files.readString(file).replace(directory.toString(), "/home");
        if (System.getenv("WRITE_GOLDEN_FILES") != null) {
            Files.writeString(Path.of("src/test/resources/dev/smsrunner/report/golden-" + file.getFileName()), actual);
        }
        try (var golden = getClass().getResourceAsStream("golden-" + file.getFileName())) {
            var expected = new String(Objects.requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(actual).isEqualTo(expected);
        }
    }
}
