package dev.smsrunner.inventory;

import dev.smsrunner.inventory.FieldRule.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The fields of UpdateTask that may be written, of both generations of its page, and those that belong to the agent. */
public final class UpdateFields {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What the agent writes back into its own record of the task. */
    private static final Set<String> OF_THE_AGENT = Set.of(
            "id",
            "state",
            "sub_tasks",
            "source_server",
            "connected",
            "create_date",
            "start_date",
            "finish_date",
            "estimate_complete_time",
            "migrate_speed",
            "error_json",
            "total_time",
            "remain_seconds",
            "float_ip");

    private UpdateFields() {}

    /** The fields that may be written, with the rules of their values. */
    public static Structure rules() {
        return UpdateSchema.task(CellLimits.USUAL);
    }

    /** What is wrong with a cell that holds a JSON object; a file of one ({@code @path}) is another check. */
    static List<CellProblem> cell(String value, CellLimits limits) {
        return value.startsWith("@") ? List.of() : check(value, limits);
    }

    /** What is wrong with the file that a cell names as {@code @path}, or with the JSON object in it. */
    static List<CellProblem> file(Path folder, String cell, CellLimits limits) {
        PlainFile.Text read = PlainFile.ofRow(folder, cell.substring(1));
        return read.fault() != null ? List.of(read.fault()) : check(Objects.requireNonNull(read.text()), limits);
    }

    /** Everything that is wrong with the text of a JSON object; each fault names the JSON path and the value. */
    public static List<CellProblem> check(String text, CellLimits limits) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException ex) {
            return List.of(new CellProblem(
                    "is not JSON", "write an object such as {\"target_server\": {...}}, or @ and the path of a file"));
        }
        if (!(root instanceof ObjectNode fields) || fields.isEmpty()) {
            return List.of(
                    new CellProblem("is not a JSON object with fields", "write an object such as {\"priority\": 2}"));
        }
        List<CellProblem> faults = new ArrayList<>();
        for (String name : List.copyOf(fields.propertyNames())) {
            if (OF_THE_AGENT.contains(name)) {
                faults.add(new CellProblem("the field " + name + " belongs to the agent of SMS", "remove it"));
                fields.remove(name);
            }
        }
        faults.addAll(UpdateCheck.faults(UpdateSchema.task(limits), fields));
        return faults;
    }
}
