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
        Map<String, List<SettingDefinition>> blocks = new LinkedHashMap<>();
        for (SettingDefinition setting : SettingTable.all()) {
            String block = setting.key().contains(".") ? setting.block() : "first keys";
            blocks.computeIfAbsent(block, key -> new ArrayList<>()).add(setting);
        }
        Map<String, List<String>> regions = new LinkedHashMap<>();
        blocks.forEach((block, settings) -> regions.put("settings " + block, lines(settings)));
        return regions;
    }

    private static List<String> lines(List<SettingDefinition> settings) {
        List<String> lines = new ArrayList<>(Markdown.table(
                List.of("key", "values", "default", "jobs"),
                settings.stream()
                        .map(setting ->
                                List.of(code(setting.key()), setting.values(), standard(setting), jobs(setting)))
                        .toList()));
        lines.add("");
        settings.forEach(
                setting -> lines.addAll(Markdown.item("**" + code(setting.key()) + "**: " + setting.meaning())));
        return lines;
    }

    private static String jobs(SettingDefinition setting) {
        return setting.jobs().equals("all") ? "all" : code(setting.jobs());
    }

    private static String standard(SettingDefinition setting) {
        boolean keyword = List.of("required", "none", "environment", "both", "standard text")
                .contains(setting.standard());
        return keyword || setting.standard().contains("`") ? setting.standard() : code(setting.standard());
    }
}
