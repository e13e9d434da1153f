package dev.smsrunner.cli;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cutover.WindowText;
import dev.smsrunner.job.PlannedRow;
import dev.smsrunner.run.PlanSummary;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Prints a plan incrementally: a line per row, or one JSON object, then the counts. */
final class PlanPrinter {

    private final PrintStream out;
    private final AnsiStyle style;
    private final @Nullable JsonGenerator json;

    PlanPrinter(CommonOptions common, int rows) {
        var console = common.console();
        this.out = console.out();
        this.style = console.outStyle();
        this.json = common.json ? CliJson.generator(out) : null;
        if (json != null) {
            json.writeStartObject();
            json.writeNumberProperty("servers", rows);
            json.writeArrayPropertyStart("rows");
        }
    }

    void row(PlannedRow planned) {
        if (json != null) {
            json.writePOJO(object(planned));
            return;
        }
        var target =
                planned.target() == null ? "" : "; target: " + planned.target().text();
        out.println(Console.safe("%-7s row %d %s: %s%s"
                .formatted(planned.step(), planned.row().row(), planned.row().serverName(), planned.detail(), target)));
        planned.warnings().forEach(warning -> out.println(Console.safe("        warning: " + warning)));
    }

    /**
     * Ends the plan.
     *
     * @param windows cutover windows, in the order of their openings; empty when the job has none
     */
    void finish(PlanSummary plan, List<WindowText> windows) {
        if (json != null) {
            json.writeEndArray();
            json.writePOJOProperty("plan", plan.rows());
            json.writePOJOProperty("warnings", plan.warnings());
            json.writePOJOProperty(
                    "window", WindowText.current(windows).map(WindowText::json).orElse(null));
            json.writePOJOProperty(
                    "windows", windows.stream().map(WindowText::json).toList());
            json.writeEndObject();
            json.flush();
            out.println();
        } else {
            plan.warnings().forEach(warning -> out.println(Console.safe("warning: " + warning)));
            windows.forEach(this::print);
            if (!windows.isEmpty() && windows.stream().allMatch(WindowText::isOver)) {
                out.println(
                        windows.size() == 1
                                ? "warning: The window is over: a run would not start. Set a new cutover.window."
                                : "warning: All windows are over: a run would not start. Set new cutover.windows.");
            }
            out.println();
            out.println(style.strong("Plan, nothing was changed:"));
            plan.rows().forEach((step, count) -> out.println("%8d %s".formatted(count, step)));
        }
        out.flush();
    }

    private void print(WindowText window) {
        out.println("Cutover window: " + window.namedLine());
    }

    private static Map<String, @Nullable Object> object(PlannedRow planned) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        object.put("row", planned.row().row());
        object.put("line", planned.row().line());
        object.put("server_name", planned.row().serverName());
        object.put("wave_name", planned.row().waveName());
        object.put("step", planned.step());
        object.put("source_id", planned.sourceId());
        object.put("task_id", planned.taskId());
        if (planned.target() != null) {
            object.put("target", planned.target().json());
        }
        object.put("detail", planned.detail());
        object.put("warnings", planned.warnings());
        return object;
    }
}
