package dev.smsrunner.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Validates the header: separator, column names, duplicates, secrets and required columns. */
final class HeaderCheck {

    private static final Map<String, String> SEPARATORS = Map.of(";", "';'", "\t", "TAB", "|", "'|'");

    private final ProblemList findings;
    private final RowRules rules;
    private final Map<String, String> defaults;

    HeaderCheck(ProblemList findings, RowRules rules, Map<String, String> defaults) {
        this.findings = findings;
        this.rules = rules;
        this.defaults = defaults;
    }

    /** Normalised names: known columns in lower case, others as written. */
    static List<String> names(String[] cells) {
        return Arrays.stream(cells)
                .map(Whitespace::trim)
                .map(name -> Column.of(name).map(Column::label).orElse(name))
                .toList();
    }

    /** Reports the problems of the header; returns false when the rows cannot be read. */
    boolean check(CsvRecord record) {
        if (record.fault() != null) {
            findings.problem(record.line(), "header", record.fault());
            return false;
        }
        return hasCommas(record) && checkNames(record.line(), names(record.cells()));
    }

    private boolean hasCommas(CsvRecord record) {
        String text = String.join(",", record.cells());
        if (text.toLowerCase(Locale.ROOT).startsWith("sep=")) {
            findings.problem(
                    record.line(), "header", "is a separator line of a spreadsheet", "save the file with commas");
            return false;
        }
        for (Map.Entry<String, String> separator : SEPARATORS.entrySet()) {
            if (countKnown(text.split(java.util.regex.Pattern.quote(separator.getKey())))
                    > countKnown(record.cells())) {
                findings.problem(
                        record.line(),
                        "header",
                        "is separated by " + separator.getValue() + ", not by commas",
                        "save the file as CSV with commas");
                return false;
            }
        }
        return true;
    }

    private static long countKnown(String[] names) {
        return Arrays.stream(names)
                .filter(name -> Column.of(Whitespace.trim(name)).isPresent())
                .count();
    }

    private boolean checkNames(int line, List<String> names) {
        Map<String, Integer> positions = new HashMap<>();
        boolean unique = true;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Integer first = name.isEmpty() ? null : positions.putIfAbsent(name.toLowerCase(Locale.ROOT), i + 1);
            if (first != null) {
                findings.problem(line, display(name), duplicateText(first, i + 1), "keep one of the two columns");
                unique = false;
            }
            checkName(line, name, i + 1);
        }
        checkRequired(line, new Header(unique ? names : List.copyOf(positions.keySet())));
        return unique;
    }

    private static String duplicateText(int first, int second) {
        return "occurs twice, as columns " + first + " and " + second;
    }

    private void checkName(int line, String name, int position) {
        if (name.isEmpty()) {
            findings.problem(line, "header", "column " + position + " has no name", "name it or remove it");
        } else if (SecretNames.isSecretName(name)) {
            findings.problem(
                    line, display(name), "looks like a secret", "remove the column; pass secrets in the environment");
        } else if (CellGrammar.text(name) != null) {
            findings.problem(line, "header", "column " + position + " has a bad name", "type the name again");
        } else {
            Column.of(name).ifPresentOrElse(column -> warnIfUnused(line, column), () -> warnOfUnknown(line, name));
        }
    }

    private void warnIfUnused(int line, Column column) {
        String warning = rules.warningFor(column);
        if (!warning.isEmpty()) {
            findings.warning(line, column.label(), warning, "it is copied to the report");
        }
    }

    private void warnOfUnknown(int line, String name) {
        findings.warning(
                line,
                name,
                "is not a known column",
                Suggestions.advice(name, Column.labels(), "it is copied to the report unread"));
    }

    private static String display(String name) {
        String quoted = QuotedText.of(name);
        return quoted.substring(1, quoted.length() - 1);
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

    private static String advice(List<Column> group) {
        return group.stream().allMatch(Column::identifies)
                ? "add it"
                : "add it, or set it for all rows in the job file";
    }

    static String either(List<Column> group) {
        List<String> labels = new ArrayList<>(group.stream().map(Column::label).toList());
        return String.join(" or ", labels);
    }
}
