package dev.smsrunner.inventory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Judges the header: right separator, every name known or carried, none twice, no secrets, nothing missing. */
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

    /** The names in the spelling in which they are carried: known ones in lower case, others as written. */
    static List<String> names(String[] cells) {
        return Arrays.stream(cells)
                .map(Whitespace::trim)
                .map(name -> Column.of(name).map(Column::label).orElse(name))
                .toList();
    }

    /** Reports everything about the header; false when reading the rows makes no sense. */
    boolean check(CsvRecord record) {
        if (record.fault() != null) {
            findings.problem(record.line(), "header", record.fault());
            return false;
        }
        return hasCommas(record) && namesAreGood(record.line(), names(record.cells()));
    }

    private boolean hasCommas(CsvRecord record) {
        String text = String.join(",", record.cells());
        if (text.toLowerCase(Locale.ROOT).startsWith("sep=")) {
            findings.problem(
                    record.line(), "header", "is a separator line of a spreadsheet", "save the file with commas");
            return false;
        }
        for (Map.Entry<String, String> separator : SEPARATORS.entrySet()) {
            if (known(text.split(java.util.regex.Pattern.quote(separator.getKey()))) > known(record.cells())) {
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

    private static long known(String[] names) {
        return Arrays.stream(names)
                .filter(name -> Column.of(Whitespace.trim(name)).isPresent())
                .count();
    }

    private boolean namesAreGood(int line, List<String> names) {
        Map<String, Integer> seen = new HashMap<>();
        boolean unique = true;
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            Integer first = name.isEmpty() ? null : seen.putIfAbsent(name.toLowerCase(Locale.ROOT), i + 1);
            if (first != null) {
                findings.problem(line, shown(name), twice(first, i + 1), "keep one of the two columns");
                unique = false;
            }
            nameIsGood(line, name, i + 1);
        }
        nothingIsMissing(line, new Header(unique ? names : List.copyOf(seen.keySet())));
        return unique;
    }

    private static String twice(int first, int second) {
        return "is there twice, as columns " + first + " and " + second;
    }

    private void nameIsGood(int line, String name, int position) {
        if (name.isEmpty()) {
            findings.problem(line, "header", "column " + position + " has no name", "name it or remove it");
        } else if (SecretNames.looksSecret(name)) {
            findings.problem(
                    line, shown(name), "looks like a secret", "remove the column; secrets come from the environment");
        } else if (CellGrammar.text(name) != null) {
            findings.problem(line, "header", "column " + position + " has a bad name", "type the name again");
        } else {
            Column.of(name).ifPresentOrElse(column -> usedHere(line, column), () -> unknown(line, name));
        }
    }

    private void usedHere(int line, Column column) {
        if (rules == RowRules.MIGRATE && column.isForOtherJobs()) {
            findings.warning(line, column.label(), "is not read by job migrate", "it is carried into the report");
        }
    }

    private void unknown(int line, String name) {
        findings.warning(
                line,
                name,
                "is not a known column",
                Suggestions.advice(name, Column.labels(), "it is carried into the report unread"));
    }

    private static String shown(String name) {
        String quoted = QuotedText.of(name);
        return quoted.substring(1, quoted.length() - 1);
    }

    private void nothingIsMissing(int line, Header header) {
        for (List<Column> group : rules.needs()) {
            if (!supplied(group, header)) {
                findings.problem(line, "header", "there is no column " + either(group), advice(group));
            }
        }
    }

    /** Whether the header or the defaults know at least one of these columns. */
    boolean supplied(List<Column> group, Header header) {
        return group.stream().anyMatch(column -> header.has(column) || defaults.containsKey(column.label()));
    }

    private static String advice(List<Column> group) {
        return group.stream().allMatch(Column::identifies)
                ? "add it"
                : "add it, or give it for all rows in the job file";
    }

    static String either(List<Column> group) {
        List<String> labels = new ArrayList<>(group.stream().map(Column::label).toList());
        return String.join(" or ", labels);
    }
}
