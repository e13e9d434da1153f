package dev.smsrunner.inventory;

import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Check of one inventory file in one pass. */
final class InventoryCheck {

    private final Path file;
    private final Map<String, String> defaults;
    private final RowRules rules;
    private final LaunchOrder order;
    private final ColumnMapping mapping;
    private final Set<String> unread;
    private final ProblemList findings;
    private final CellLimits limits;
    private final RowFiles files;
    private int rows;
    private boolean afterUnterminated;
    private List<String> names = List.of();
    private List<String> leftOut = List.of();

    InventoryCheck(
            Path file,
            Map<String, String> defaults,
            RowRules rules,
            LaunchOrder order,
            @Nullable Path folder,
            ColumnMapping mapping,
            AcceptedInventory accepted) {
        this.file = file;
        this.mapping = mapping;
        this.unread = accepted.names();
        this.defaults = Map.copyOf(defaults);
        this.rules = rules;
        this.order = order;
        this.limits = CellLimits.of(defaults).with(accepted);
        this.files = new RowFiles(folder, limits);
        this.findings = new ProblemList(file, accepted.isUnchanged());
    }

    InventoryCheckResult run() {
        RowCheck.defaults(findings, defaults, limits);
        String sha256 = "";
        defaults.forEach((label, value) -> files.faults(label, value)
                .forEach(fault -> findings.problem(
                        0, label, "the default " + fault.what(), fault.advice() + " in the job file")));
        CellProblem problem = PlainFile.problemOf(file);
        if (problem != null) {
            findings.problem(0, "", problem.what(), "give a CSV file");
            return findings.toResult(0, sha256, names, leftOut);
        }
        try (InventoryRecords records = new InventoryRecords(Files.newInputStream(file))) {
            read(records);
            sha256 = records.sha256();
        } catch (NoSuchFileException ex) {
            findings.problem(0, "", "does not exist", "check the path in the job file or after --inventory");
        } catch (IOException ex) {
            findings.problem(
                    0, "", "cannot be read: " + FileFailures.text(ex, file), "give a CSV file that this user may read");
        }
        return findings.toResult(rows, sha256, names, leftOut);
    }

    private void read(InventoryRecords records) throws IOException {
        CellProblem problem = records.open();
        if (problem != null) {
            findings.problem(1, "", problem);
            return;
        }
        CsvRecord header = records.header();
        if (header == null) {
            findings.problem(0, "", "is empty", "write a header line and one line for each server");
            return;
        }
        HeaderCheck check = new HeaderCheck(findings, rules, defaults);
        HeaderLayout layout = check.layout(header, records, mapping, unread);
        if (layout != null) {
            names = layout.names();
            leftOut = layout.leftOut();
            findings.nameHeaders(layout.otherNames());
            readRows(records, layout, check);
        }
    }

    /** Whether the record belongs to an unterminated record. After one, lines that do not look like rows are not reported. */
    private boolean isStray(CsvRecord record, HeaderLayout layout) {
        if (record.hasOtherEncoding()) {
            afterUnterminated |= record.unterminated();
            return false;
        }
        boolean stray = afterUnterminated && (record.fault() != null || record.cells().length != layout.width());
        afterUnterminated = stray || record.unterminated();
        return stray;
    }

    private void readRows(InventoryRecords records, HeaderLayout layout, HeaderCheck headerCheck) throws IOException {
        Header header = Header.of(names);
        EncodingCheck encodings = new EncodingCheck(findings);
        RowWidthCheck widths = new RowWidthCheck(findings, rules, layout, records.separator());
        ExtraCellCheck extraCells = new ExtraCellCheck(findings, layout);
        RowCheck rowCheck = new RowCheck(findings, rules, header, headerCheck, limits);
        PermissionCheck permissions = new PermissionCheck(findings, rules);
        DuplicateCheck duplicates = new DuplicateCheck(findings);
        AddressCheck addresses = new AddressCheck(findings, rules);
        DependencyCheck dependencies = new DependencyCheck(findings, order);
        CutoverCheck cutovers = new CutoverCheck(findings, rules, order);
        for (CsvRecord record = records.next(); record != null; record = records.next()) {
            if (isStray(record, layout)) {
                continue;
            }
            rows++;
            if (record.hasOtherEncoding()) {
                encodings.add(record);
                continue;
            }
            if (record.fault() != null) {
                findings.problem(record.line(), "row", record.fault());
                continue;
            }
            String[] cells = layout.kept(record.cells());
            InventoryRow row = new InventoryRow(rows, record.line(), header, cells, defaults);
            dependencies.add(row);
            if (widths.check(record, records.isCutOff())) {
                extraCells.check(record);
                rowCheck.check(row);
                permissions.check(row, header);
                cutovers.check(row);
                files.check(row, header, findings);
                duplicates.check(row);
                addresses.check(row);
            }
        }
        encodings.finish();
        widths.finish();
        permissions.finish();
        if (rows == 0) {
            findings.problem(0, "", "has a header but no rows", "write one line for each server");
        }
        if (records.stoppedAt() > 0) {
            findings.problem(
                    records.stoppedAt(), "row", "was not checked, nor the rows below it", "correct the rows above");
        }
        dependencies.finish(!records.hadFaults());
    }
}
