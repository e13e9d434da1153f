package dev.smsrunner.cli.console;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.OccupiedPlaces;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Open rows of a run by the reason why they wait, and the occupied places. */
public final class WaitingSummary {

    private static final Set<Obstacle.Kind> FOR_WINDOW = EnumSet.of(Obstacle.Kind.WINDOW, Obstacle.Kind.CAPACITY);

    private final CutoverPlan plan;
    private final List<ReportRow> occupants;
    private final Map<Obstacle.Kind, List<ReportRow>> byKind = new EnumMap<>(Obstacle.Kind.class);

    public WaitingSummary(RunReport report) {
        this.plan = CutoverPlan.fromSettings(report.run().settings());
        this.occupants = report.rows().stream()
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

    /** One line per kind with its count and its first row; empty without open rows. */
    public List<String> lines(AnsiStyle style) {
        if (byKind.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<>(List.of("", style.strong("Open rows by reason for waiting:")));
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
        var text = "Places: %d of %d taken".formatted(occupants.size(), plan.concurrent());
        if (inSync() > 0) {
            text += ", %d by servers in sync".formatted(inSync());
        }
        return forWindow() > 0 ? text + " (%d wait for the window)".formatted(forWindow()) : text;
    }

    /** Number of waiting rows by kind. */
    public Map<String, Integer> json() {
        var json = new LinkedHashMap<String, Integer>();
        byKind.forEach((kind, rows) -> json.put(kind.name(), rows.size()));
        return json;
    }

    /** Occupied places: {@code limit, taken, in_sync, waiting_for_window}; null in jobs other than migrate. */
    @Nullable
    public Map<String, Integer> places() {
        if (!plan.migrates()) {
            return null;
        }
        var json = new LinkedHashMap<String, Integer>();
        json.put("limit", plan.concurrent());
        json.put("taken", occupants.size());
        json.put("in_sync", inSync());
        json.put("waiting_for_window", forWindow());
        return json;
    }

    private int inSync() {
        return (int) occupants.stream()
                .filter(row -> OccupiedPlaces.takesOneInSync(row.row()))
                .count();
    }

    private int forWindow() {
        return (int) occupants.stream()
                .filter(row -> row.obstacle() != null && FOR_WINDOW.contains(kind(row)))
                .count();
    }
}
