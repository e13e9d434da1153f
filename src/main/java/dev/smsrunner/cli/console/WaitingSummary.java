package dev.smsrunner.cli.console;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.OccupiedPlaces;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the open rows of a run wait for, by kind, and who takes its places. */
public final class WaitingSummary {

    private final CutoverPlan plan;
    private final List<ReportRow> inPlace;
    private final Map<Obstacle.Kind, List<ReportRow>> byKind = new EnumMap<>(Obstacle.Kind.class);

    public WaitingSummary(RunReport report) {
        this.plan = CutoverPlan.fromSettings(report.run().settings());
        this.inPlace = report.rows().stream()
                .filter(row -> OccupiedPlaces.takesOne(row.row()))
                .toList();
        report.rows().stream()
                .filter(row -> row.obstacle() != null)
                .forEach(row -> byKind.computeIfAbsent(kind(row), kind -> new ArrayList<>())
                        .add(row));
    }

    private static Obstacle.Kind kind(ReportRow row) {
        return Objects.requireNonNull(row.obstacle()).kind();
    }

    /** One line for each kind with its count and its first row; nothing when no row is open. */
    public List<String> lines(AnsiStyle paint) {
        if (byKind.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<>(List.of("", paint.strong("Open rows by what they wait for:")));
        byKind.forEach((kind, rows) ->
                lines.add(Console.safe("  %5d  %-13s %s".formatted(rows.size(), kind, example(rows.get(0))))));
        if (plan.migrates()) {
            lines.add(placesLine());
        }
        return lines;
    }

    private static String example(ReportRow row) {
        return "%s: %s"
                .formatted(
                        row.row().serverName(),
                        Objects.requireNonNull(row.obstacle()).text());
    }

    private String placesLine() {
        var text = "Places: %d of %d taken".formatted(inPlace.size(), plan.concurrent());
        if (inSync() > 0) {
            text += ", %d by servers in sync".formatted(inSync());
        }
        return forWindow() > 0 ? text + " (%d wait for the window)".formatted(forWindow()) : text;
    }

    /** How many rows wait for what, by kind. */
    public Map<String, Integer> json() {
        var json = new LinkedHashMap<String, Integer>();
        byKind.forEach((kind, rows) -> json.put(kind.name(), rows.size()));
        return json;
    }

    /** Who takes the places: {@code limit, taken, in_sync, waiting_for_window}; null in a job other than the migration. */
    @Nullable
    public Map<String, Integer> places() {
        if (!plan.migrates()) {
            return null;
        }
        var json = new LinkedHashMap<String, Integer>();
        json.put("limit", plan.concurrent());
        json.put("taken", inPlace.size());
        json.put("in_sync", inSync());
        json.put("waiting_for_window", forWindow());
        return json;
    }

    private int inSync() {
        return (int) inPlace.stream()
                .filter(row -> OccupiedPlaces.takesOneInSync(row.row()))
                .count();
    }

    private int forWindow() {
        return (int) inPlace.stream()
                .filter(row -> row.obstacle() != null && kind(row) == Obstacle.Kind.WINDOW)
                .count();
    }
}
