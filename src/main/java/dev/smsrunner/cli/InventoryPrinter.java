package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.intake.CellDifference;
import dev.smsrunner.intake.RequiredCells;
import dev.smsrunner.intake.SourceInventory;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.support.SuggestedCommands;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Prints the result of the command inventory.
 *
 * @param job job file, for the next command
 * @param out the written inventory
 * @param list list of the operator; null without one
 * @param leftOut columns of the list that are not taken
 */
record InventoryPrinter(
        CommonOptions common, Path job, Path out, @Nullable Path list, List<String> leftOut) {

    private static final int MAX_LISTED = 20;
    private static final int MAX_EXAMPLES = 3;

    /** @param registered number of registered sources */
    void print(int registered, SourceInventory inventory, List<RequiredCells> required) {
        if (common.json) {
            common.console().result(CliJson.text(json(registered, inventory, required)));
            return;
        }
        line(counts(registered, inventory));
        if (!leftOut.isEmpty()) {
            line("Columns not taken: "
                    + joined(leftOut.stream()
                            .map(name -> "\"" + QuotedText.visible(name) + "\"")
                            .toList()) + ".");
        }
        list("Only in " + list + ", not registered in SMS", inventory.onlyInList());
        list("Doubtful", inventory.doubtful());
        list("Only in SMS", inventory.onlyInSms());
        list("Warning: source_server_id belongs to another name or address", inventory.otherNames());
        list("Not as in " + list, differences(inventory.differences()));
        missing(inventory.countUnmatched());
        next(inventory, required);
    }

    /** Rows of the list that the written file lacks; without this line they are easily lost above. */
    private void missing(int rows) {
        if (rows > 0) {
            line("%s of %s %s not in %s. Correct the list or register the servers, then run the same command again."
                    .formatted(Plural.of(rows, "row"), list, rows == 1 ? "is" : "are", out));
        }
    }

    private String counts(int registered, SourceInventory inventory) {
        var finished = inventory.finished();
        return "%s of %d registered in %s%s."
                .formatted(
                        Plural.of(inventory.rows().size(), "server"),
                        registered,
                        out,
                        finished.isEmpty()
                                ? ""
                                : "; %d left out, since their migration is finished (--all includes them)"
                                        .formatted(finished.size()));
    }

    /** A line for each column, since SMS and a list measure sizes differently and many rows may differ. */
    private static List<String> differences(List<CellDifference> differences) {
        var byColumn = differences.stream()
                .collect(Collectors.groupingBy(CellDifference::column, LinkedHashMap::new, Collectors.toList()));
        return byColumn.entrySet().stream()
                .map(each -> "%s of %s: %s"
                        .formatted(each.getKey(), Plural.of(each.getValue().size(), "row"), examples(each.getValue())))
                .toList();
    }

    private static String examples(List<CellDifference> differences) {
        var examples = differences.stream()
                .limit(MAX_EXAMPLES)
                .map(each -> "line %d %s, written %s"
                        .formatted(
                                each.line(),
                                QuotedText.of(each.listed()),
                                each.written().isEmpty() ? "empty" : QuotedText.of(each.written())))
                .collect(Collectors.joining("; "));
        var others = differences.stream()
                .skip(MAX_EXAMPLES)
                .map(each -> String.valueOf(each.line()))
                .toList();
        return others.isEmpty()
                ? examples
                : "%s; also line%s %s".formatted(examples, others.size() == 1 ? "" : "s", joined(others));
    }

    private static String joined(List<String> names) {
        var first = names.stream().limit(MAX_LISTED).collect(Collectors.joining(", "));
        return names.size() > MAX_LISTED ? first + " and %d more".formatted(names.size() - MAX_LISTED) : first;
    }

    private void list(String title, List<String> entries) {
        if (entries.isEmpty()) {
            return;
        }
        line("%s (%d):".formatted(title, entries.size()));
        entries.stream().limit(MAX_LISTED).forEach(entry -> line("  " + entry));
        if (entries.size() > MAX_LISTED) {
            line("  and %d more; use --json to list all".formatted(entries.size() - MAX_LISTED));
        }
    }

    /** What the operator fills in before the plan accepts the file. */
    private void next(SourceInventory inventory, List<RequiredCells> required) {
        if (inventory.rows().isEmpty()) {
            line("The inventory has no rows, so there is nothing to plan.");
            return;
        }
        long withoutWave = inventory.countEmpty(Column.WAVE_NAME);
        if (withoutWave > 0) {
            line("wave_name is empty in %s. Rows without a wave start last.".formatted(Plural.of(withoutWave, "row")));
        }
        var fill = required.stream()
                .map(each -> "%s (%s)".formatted(each.names(), Plural.of(each.rows(), "row")))
                .collect(Collectors.joining(", "));
        line("Next: %s%s plan %s --inventory %s"
                .formatted(
                        fill.isEmpty() ? "" : "fill in " + fill + ", then ",
                        common.context().program(),
                        SuggestedCommands.quoted(job.toString()),
                        SuggestedCommands.quoted(out.toString())));
    }

    private void line(String text) {
        common.console().result(Console.safe(text));
    }

    private Map<String, Object> json(int registered, SourceInventory inventory, List<RequiredCells> required) {
        var json = new LinkedHashMap<String, Object>();
        json.put("file", out.toString());
        json.put("registered", registered);
        json.put("rows", inventory.rows().size());
        json.put("finished", inventory.finished());
        json.put("only_in_sms", inventory.onlyInSms());
        json.put("only_in_list", inventory.onlyInList());
        json.put("doubtful", inventory.doubtful());
        json.put("columns_not_taken", leftOut);
        json.put("other_names", inventory.otherNames());
        json.put("differences", inventory.differences());
        json.put("required", required.stream().map(InventoryPrinter::required).toList());
        json.put("rows_without_wave", inventory.countEmpty(Column.WAVE_NAME));
        return json;
    }

    private static Map<String, Object> required(RequiredCells cells) {
        var json = new LinkedHashMap<String, Object>();
        json.put("columns", cells.columns().stream().map(Column::label).toList());
        json.put("rows", cells.rows());
        return json;
    }
}
