package dev.smsrunner.scenario;

import java.util.Map;
import java.util.TreeMap;

/** Writes job files from shared settings and the settings of a scenario. */
public final class JobFileBuilder {

    private JobFileBuilder() {}

    /**
     * The text of a job file.
     *
     * @param settings keys such as {@code cutover.when}, which override the shared settings
     */
    public static String of(String endpoint, Map<String, String> settings) {
        var all = new TreeMap<String, String>();
        all.put("inventory", "inventory.csv");
        all.put("job", "migrate");
        all.put("service.endpoint", endpoint);
        all.put("defaults.migration_type", "MIGRATE_FILE");
        all.put("defaults.target_region", "ap-southeast-3");
        all.put("defaults.target_project_id", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
        all.put("limits.requests-per-second", "400");
        all.put("watch.every", "100ms");
        all.put("watch.stalled-after", "1m");
        all.put("retry.backoff", "200ms");
        all.put("report.directory", "reports");
        all.putAll(settings);
        return yaml(all);
    }

    private static String yaml(TreeMap<String, String> settings) {
        var text = new StringBuilder();
        settings.forEach((key, value) -> {
            if (!key.contains(".")) {
                text.append("%s: %s\n".formatted(key, value));
            }
        });
        var blocks = new TreeMap<String, StringBuilder>();
        settings.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot > 0) {
                blocks.computeIfAbsent(key.substring(0, dot), name -> new StringBuilder(name + ":\n"))
                        .append("  %s: %s\n".formatted(key.substring(dot + 1), value));
            }
        });
        blocks.values().forEach(text::append);
        return text.toString();
    }
}
