package dev.smsrunner.inventory;

import static dev.smsrunner.documents.Markdown.code;

import dev.smsrunner.documents.Markdown;
import dev.smsrunner.support.JobRules;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The generated parts of docs/inventory.md: the columns. */
public final class ColumnReference {

    private ColumnReference() {}

    /** Lines of Markdown by the name of the region. */
    public static Map<String, List<String>> regions() {
        Map<String, List<String>> regions = new LinkedHashMap<>();
        regions.put("columns", migrate());
        regions.put("columns of the other jobs", others());
        regions.put("names of other tools", aliases());
        regions.put("refused columns", refused());
        return regions;
    }

    private static List<String> migrate() {
        return Markdown.table(
                List.of("column", "required", "in `defaults`", "value"),
                columns(column -> !column.isForOtherJobs())
                        .map(column -> List.of(
                                code(column.label()),
                                required(column),
                                column.identifies() || column == Column.DEPENDS_ON ? "no" : "yes",
                                column.meaning()))
                        .toList());
    }

    private static List<String> aliases() {
        return ColumnAliases.names().entrySet().stream()
                .flatMap(entry -> Markdown.item(code(entry.getKey().label()) + ": " + codes(entry.getValue())).stream())
                .toList();
    }

    private static List<String> refused() {
        return Arrays.stream(RestrictiveColumns.Kind.values())
                .flatMap(kind -> Markdown.item(codes(kind.names()) + ". Instead "
                                + kind.advice().replaceAll("[a-z]+[._][<>a-z._]+", "`$0`") + ".")
                        .stream())
                .toList();
    }

    private static String codes(List<String> names) {
        return names.stream().map(Markdown::code).collect(Collectors.joining(", "));
    }

    private static String required(Column column) {
        List<Column> group = JobRules.MIGRATE.requiredColumns().stream()
                .filter(each -> each.contains(column))
                .findFirst()
                .orElse(List.of());
        return group.isEmpty() ? "" : group.size() == 1 ? "yes" : "one of two";
    }

    private static List<String> others() {
        return Markdown.table(
                List.of("column", "value"),
                columns(Column::isForOtherJobs)
                        .map(column -> List.of(code(column.label()), column.meaning()))
                        .toList());
    }

    private static Stream<Column> columns(Predicate<Column> which) {
        return Arrays.stream(Column.values()).filter(which);
    }
}
