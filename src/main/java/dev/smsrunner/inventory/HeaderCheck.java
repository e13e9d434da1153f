package dev.smsrunner.inventory;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validates the header: its place, separator, column names, duplicates, secrets and required columns. */
final class HeaderCheck {

    /** Maximum number of columns that rows keep. */
    static final int MAX_COLUMNS = 64;

    /** Number of lines in which the check searches the header below a title. */
    private static final int TITLE_LINES = 10;

    private static final Map<String, String> SEPARATORS = Map.of(";", "';'", "\t", "TAB", "|", "'|'");

    private final ProblemList findings;
    private final RowRules rules;
    private final Map<String, String> defaults;

    HeaderCheck(ProblemList findings, RowRules rules, Map<String, String> defaults) {
        this.findings = findings;
        this.rules = rules;
        this.defaults = defaults;
    }

    /**
     * Reports the problems of the header.
     *
     * @param records the file, read up to its header
     * @param unread names of other tools that are no columns in a file that an earlier version has accepted
     * @return layout of the rows; null when they cannot be read
     */
    @Nullable
    HeaderLayout layout(CsvRecord record, InventoryRecords records, ColumnMapping mapping, Set<String> unread)
            throws IOException {
        if (record.fault() != null) {
            findings.problem(record.line(), "header", record.fault());
            return null;
        }
        Separator separator = records.separator();
        if (isAboveHeader(record, records) || hasOtherSeparator(record, separator)) {
            return null;
        }
        HeaderLayout layout = HeaderLayout.of(record.cells(), mapping, unread);
        if (layout.names().size() > MAX_COLUMNS) {
            findings.problem(
                    record.line(),
                    "header",
                    "has " + layout.names().size() + " columns, more than " + MAX_COLUMNS,
                    "keep the columns that are needed, or leave the unknown ones out with "
                            + ColumnMapping.example(ColumnMapping.REST, ColumnMapping.IGNORE) + " in the job file");
            return null;
        }
        checkMapping(record.line(), layout, mapping);
        boolean unique = checkNames(record.line(), layout);
        noteReading(layout, separator);
        return unique ? layout : null;
    }

    /** Reports a line above the header, such as a title. */
    private boolean isAboveHeader(CsvRecord record, InventoryRecords records) throws IOException {
        if (record.cells()[0].toUpperCase(Locale.ROOT).startsWith("#TYPE ")) {
            findings.problem(
                    record.line(),
                    "header",
                    "is a type line of PowerShell, not the header",
                    "remove the line, or export with Export-Csv -NoTypeInformation");
            return true;
        }
        long known = countKnown(record.cells());
        if (known > 1) {
            return false;
        }
        for (InventoryLine line : records.peek(TITLE_LINES)) {
            if (Arrays.stream(Separator.values()).anyMatch(each -> each.countKnown(line.text()) > known + 1)) {
                findings.problem(
                        record.line(),
                        "header",
                        "is a title, since the header is on line " + line.number(),
                        "remove the lines above line " + line.number());
                return true;
            }
        }
        return false;
    }

    private boolean hasOtherSeparator(CsvRecord record, Separator separator) {
        String text = String.join(",", record.cells());
        for (Map.Entry<String, String> other : SEPARATORS.entrySet()) {
            if (countKnown(text.split(java.util.regex.Pattern.quote(other.getKey()))) > countKnown(record.cells())) {
                findings.problem(
                        record.line(),
                        "header",
                        "is separated by " + other.getValue() + ", not by " + separator.noun() + "s",
                        "save the file as CSV with commas");
                return true;
            }
        }
        return false;
    }

    private static long countKnown(String[] names) {
        return Arrays.stream(names).filter(ColumnAliases::isKnown).count();
    }

    private void checkMapping(int line, HeaderLayout layout, ColumnMapping mapping) {
        List<String> header = layout.fields().stream()
                .map(HeaderField::written)
                .filter(name -> !name.isEmpty())
                .toList();
        for (String name : mapping.missingFrom(header)) {
            if (header.contains(mapping.targets().get(name))) {
                continue; // the file has the column under its own name, such as one that the command inventory wrote
            }
            findings.problem(
                    line,
                    "header",
                    "has no column " + QuotedText.of(name) + ", which columns of the job file or an option names",
                    Suggestions.nearest(name, header)
                            .map(similar -> "did you mean " + QuotedText.of(similar) + "? Otherwise remove it there")
                            .orElse("remove it there, or correct the name"));
        }
    }

    private boolean checkNames(int line, HeaderLayout layout) {
        Map<String, Integer> positions = new HashMap<>();
        List<HeaderField> fields = layout.fields();
        boolean unique = true;
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            Integer first = field.isKept() ? positions.putIfAbsent(key(field), i) : null;
            if (first != null) {
                reportDuplicate(line, fields, first, i);
                unique = false;
            }
            checkName(line, field, i + 1);
        }
        checkRequired(line, new Header(unique ? layout.names() : List.copyOf(positions.keySet())));
        return unique;
    }

    private static String key(HeaderField field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    private void reportDuplicate(int line, List<HeaderField> fields, int first, int second) {
        HeaderField one = fields.get(first);
        HeaderField other = fields.get(second);
        boolean mapped = one.use() == HeaderField.Use.MAPPED || other.use() == HeaderField.Use.MAPPED;
        String written = QuotedText.inMessage(mapped ? other.written() : other.name());
        findings.problem(
                line,
                written,
                mapped
                        ? "is column " + (second + 1) + ", " + QuotedText.of(one.written()) + " is column "
                                + (first + 1) + ", and both mean " + one.name()
                        : "occurs twice, as columns " + (first + 1) + " and " + (second + 1),
                mapped
                        ? "leave one of the two out with " + ColumnMapping.example(one.written(), ColumnMapping.IGNORE)
                        : "keep one of the two columns");
    }

    private void checkName(int line, HeaderField field, int position) {
        String name = field.written();
        if (SecretNames.isSecretName(name)) {
            findings.problem(
                    line,
                    QuotedText.inMessage(name),
                    "looks like a secret",
                    "remove the column; pass secrets in the environment");
        } else if (CellGrammar.text(name) != null) {
            findings.problem(line, "header", "column " + position + " has a bad name", "type the name again");
        } else if (field.column() != null) {
            warnIfUnused(line, field.column());
        } else if (field.use() == HeaderField.Use.COPIED) {
            checkUnknown(line, name);
        }
    }

    private void warnIfUnused(int line, Column column) {
        String warning = rules.warningFor(column);
        if (!warning.isEmpty()) {
            findings.warning(line, column.label(), warning, "it is copied to the report");
        }
    }

    private void checkUnknown(int line, String name) {
        if (InventoryFile.FACTS.contains(name)) {
            return;
        }
        RestrictiveColumns.problemOf(name)
                .ifPresentOrElse(
                        problem -> findings.newProblem(line, QuotedText.inMessage(name), problem),
                        () -> findings.warning(
                                line,
                                name,
                                "is not a known column",
                                Suggestions.advice(name, Column.labels(), "it is copied to the report unread")));
    }

    private void checkRequired(int line, Header header) {
        for (List<Column> group : rules.requiredColumns()) {
            if (!isSupplied(group, header)) {
                findings.problem(line, "header", "missing column " + either(group), advice(group));
            }
        }
    }

    /** Whether the header or the defaults have at least one of these columns. */
    boolean isSupplied(List<Column> group, Header header) {
        return group.stream().anyMatch(column -> header.has(column) || defaults.containsKey(column.label()));
    }

    private String advice(List<Column> group) {
        return group.stream().allMatch(Column::identifies)
                ? rules.adviceForMissingIdentity()
                : "add it, or set it for all rows in the job file";
    }

    static String either(List<Column> group) {
        List<String> labels = new ArrayList<>(group.stream().map(Column::label).toList());
        return String.join(" or ", labels);
    }

    private static boolean isPriorityOfAnotherTool(HeaderField field) {
        return field.column() == Column.PRIORITY && field.isRenamed();
    }

    private static boolean isTakenByAnotherName(List<HeaderField> fields) {
        return fields.size() > 1 || fields.stream().anyMatch(HeaderField::isRenamed);
    }

    private static String namesOf(List<HeaderField> fields) {
        return fields.stream()
                .map(field -> "\"" + QuotedText.inMessage(field.written()) + "\"")
                .collect(Collectors.joining(" and "));
    }

    /** Notes how the runner reads the file where this is not evident. */
    private void noteReading(HeaderLayout layout, Separator separator) {
        if (separator != Separator.COMMA) {
            findings.note("Cells are separated by " + separator.noun() + "s.");
        }
        String taken = Arrays.stream(Column.values())
                .filter(column -> isTakenByAnotherName(layout.fieldsOf(column)))
                .sorted(Comparator.comparingInt(layout::position))
                .map(column -> namesOf(layout.fieldsOf(column)) + " as " + column.label())
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            findings.note("Columns taken: " + taken + ".");
        }
        if (layout.fields().stream().anyMatch(HeaderCheck::isPriorityOfAnotherTool)) {
            findings.note("A row with a higher priority starts first. Other tools may count the other way round.");
        }
    }
}
