package dev.smsrunner.jobfile;

import static dev.smsrunner.documents.Markdown.code;

import dev.smsrunner.documents.Markdown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The generated parts of docs/job-file.md: the keys. */
public final class SettingReference {

    private SettingReference() {}

    /** Lines of Markdown by the name of the region. */
    public static Map<String, List<String>> regions() {
        Map<String, List<List<String>>> tables = new LinkedHashMap<>();
        Map<String, List<String>> meanings = new LinkedHashMap<>();
        SettingTable.jobsBySetting().forEach((setting, jobs) -> {
            String block = setting.key().contains(".") ? SettingKeys.root(setting.key()) : "first keys";
            tables.computeIfAbsent(block, key -> new ArrayList<>())
                    .add(List.of(code(setting.key()), setting.type().values(), setting.shown(), jobs));
            meanings.computeIfAbsent(block, key -> new ArrayList<>())
                    .addAll(Markdown.item("**" + code(setting.key()) + "**: " + setting.meaning()));
        });
        Map<String, List<String>> regions = new LinkedHashMap<>();
        tables.forEach((block, rows) -> {
            List<String> lines = new ArrayList<>(Markdown.table(List.of("key", "values", "default", "jobs"), rows));
            lines.add("");
            lines.addAll(meanings.get(block));
            regions.put("settings " + block, lines);
        });
        return regions;
    }
}
