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

/** Writable fields of UpdateTask, of both generations of its page, and the fields of the agent. */
public final class UpdateFields {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Fields that the agent writes into its own record of the task. */
    private static final Set<String> AGENT_FIELDS = Set.of(
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

    /** Writable fields with the rules of their values. */
    public static Structure rules() {
        return UpdateSchema.task(CellLimits.DEFAULT);
    }

    /** Problems of a cell with a JSON object. A file ({@code @path}) has its own check. */
    static List<CellProblem> cell(String value, CellLimits limits) {
        return value.startsWith("@") ? List.of() : check(value, limits);
    }

    /** Problems of the file that a cell references as {@code @path}, or of the JSON object in it. */
    static List<CellProblem> file(Path folder, String cell, CellLimits limits) {
        PlainFile.Text read = PlainFile.readForRow(folder, cell.substring(1));
        return read.fault() != null ? List.of(read.fault()) : check(Objects.requireNonNull(read.text()), limits);
    }

    /** All problems of the text of a JSON object. Each problem contains the JSON path and the value. */
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
            if (AGENT_FIELDS.contains(name)) {
                faults.add(new CellProblem("the field " + name + " belongs to the agent of SMS", "remove it"));
                fields.remove(name);
            }
        }
        faults.addAll(UpdateCheck.faults(UpdateSchema.task(limits), fields));
        return faults;
    }
}
