package dev.smsrunner.notification;

import dev.smsrunner.jobfile.NotifySettings.Occasion;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * Notification about a run.
 *
 * @param state state of the run as in {@code status}
 * @param outcomes rows by outcome, without empty outcomes
 * @param attention number of open rows that need attention
 * @param next next step for the operator; may be empty
 */
public record Notification(
        Occasion occasion,
        String runId,
        String job,
        String jobFile,
        String state,
        int rows,
        int open,
        int failed,
        int attention,
        Map<String, Integer> outcomes,
        String reportDirectory,
        String next) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Text with its placeholders filled in. */
    String text(String template) {
        var text = template;
        for (var value : values().entrySet()) {
            text = text.replace("{" + value.getKey() + "}", String.valueOf(value.getValue()));
        }
        return text.strip();
    }

    /** All values and the text as one JSON object on one line. */
    String json(String text) {
        var json = new LinkedHashMap<String, Object>();
        json.put("text", text);
        json.putAll(values());
        json.put("outcomes", outcomes);
        return JSON.writeValueAsString(json);
    }

    private Map<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        values.put("occasion", occasion.name().toLowerCase(Locale.ROOT));
        values.put("run_id", runId);
        values.put("job", job);
        values.put("job_file", jobFile);
        values.put("state", state);
        values.put("rows", rows);
        values.put("open", open);
        values.put("failed", failed);
        values.put("attention", attention);
        values.put("outcomes", outcomeText());
        values.put("report_directory", reportDirectory);
        values.put("next", next);
        return values;
    }

    private String outcomeText() {
        return outcomes.isEmpty()
                ? rows + " rows"
                : outcomes.entrySet().stream()
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }
}
