package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.SharedSettings.COLUMNS;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.ColumnMapping;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the block {@code columns}: names of the header with their columns. */
record ColumnsReader(EffectiveSettings settings) {

    /** Reads and records the mapping; reports names and columns that occur twice. */
    ColumnMapping read() {
        Map<String, String> targets = new LinkedHashMap<>();
        Map<String, String> nameByKey = new HashMap<>();
        Map<String, String> nameByTarget = new HashMap<>();
        for (String name : settings.names(COLUMNS)) {
            var setting = COLUMNS.at(name);
            String target = settings.find(setting);
            String same = nameByKey.putIfAbsent(ColumnMapping.key(name), name);
            if (same != null) {
                settings.problem(
                        setting, "is the same name as " + QuotedText.of(same), "keep one of the two under columns");
            }
            if (target == null) {
                continue;
            }
            boolean ignored = target.equals(ColumnMapping.IGNORE);
            String other = ignored ? null : nameByTarget.putIfAbsent(target, name);
            if (other != null) {
                settings.problem(
                        setting,
                        "is mapped to " + target + ", and so is " + QuotedText.of(other),
                        "keep one of the two, and write " + ColumnMapping.IGNORE + " for the other");
            } else if (name.equals(ColumnMapping.REST) && !ignored) {
                settings.problem(
                        setting, "stands for every unknown column", "write " + ColumnMapping.IGNORE + ", or a name");
            }
            targets.put(name, target);
        }
        return new ColumnMapping(targets);
    }

    /** Label of a column, or {@value ColumnMapping#IGNORE}. */
    static @Nullable String target(SettingInput input) {
        String text = input.text();
        if (text.equalsIgnoreCase(ColumnMapping.IGNORE)) {
            return ColumnMapping.IGNORE;
        }
        String label = Column.of(text).map(Column::label).orElse(null);
        if (label == null) {
            List<String> known = Stream.concat(Column.labels().stream(), Stream.of(ColumnMapping.IGNORE))
                    .toList();
            input.problem(
                    QuotedText.of(text) + " is not a column of an inventory",
                    Suggestions.advice(text, known, "write a column such as server_name, or " + ColumnMapping.IGNORE));
        }
        return label;
    }
}
