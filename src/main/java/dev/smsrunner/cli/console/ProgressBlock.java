package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.ApiStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Draws where the rows of a run are: one line per wave, and what the API allows. */
public record ProgressBlock(boolean unicode, AnsiStyle paint) {

    private static final int BAR = 20;
    private static final int WAVES = 12;
    private static final int NAME = 24;
    private static final double GIGA = 1e9;

    /** The lines, none wider than the terminal. */
    List<String> lines(String title, StageCounts tally, ApiStats api, Optional<Duration> left, int columns) {
        var lines = new ArrayList<String>();
        lines.add(cut(title + "  " + total(tally.total(), left), columns));
        var shown = shown(tally.waves());
        int name = shown.stream().mapToInt(wave -> name(wave).length()).max().orElse(0);
        shown.forEach(wave -> lines.add(painted(wave, cut(line(wave, name), columns))));
        if (shown.size() < tally.waves().size()) {
            lines.add(cut("and %d more waves".formatted(tally.waves().size() - shown.size()), columns));
        }
        lines.add(cut(text(api), columns));
        return lines;
    }

    /** How far all rows are, in words. */
    public static String total(StageCounts.Wave total, Optional<Duration> left) {
        if (total.rows() == 0) {
            return "reading the inventory";
        }
        return "%d of %d rows closed%s%s%s%s"
                .formatted(
                        total.closedRows(),
                        total.rows(),
                        total.failedRows() == 0 ? "" : ", %d failed".formatted(total.failedRows()),
                        total.attention() == 0 ? "" : ", %d to look at".formatted(total.attention()),
                        copied(total),
                        left.map(time -> ", about " + HumanDuration.text(time) + " left")
                                .orElse(""));
    }

    /** Of the servers of which SMS tells it: the others are not copied yet. */
    private static String copied(StageCounts.Wave wave) {
        return wave.total() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.1f of %.1f GB copied",
                        Math.min(wave.copied(), wave.total()) / GIGA,
                        wave.total() / GIGA);
    }

    /** The open rows by stage, in words. */
    public static String stages(StageCounts.Wave wave) {
        return Stream.of(Stage.values())
                .filter(stage -> stage != Stage.CLOSED && wave.count(stage) > 0)
                .map(stage ->
                        "%s %d".formatted(stage.name().toLowerCase(Locale.ROOT).replace('_', ' '), wave.count(stage)))
                .collect(Collectors.joining(", "));
    }

    /** The use of the API, in words. */
    static String text(ApiStats api) {
        var limit = api.limitPerSecond() > 0 ? " of %.1f/s".formatted(api.limitPerSecond()) : "";
        return "API %.1f%s, %d calls, %d throttled (429)"
                .formatted(api.perSecond(), limit.isEmpty() ? "/s" : limit, api.calls(), api.throttled());
    }

    /** The waves with open rows before the others where there is no room for all, in their own order. */
    private static List<StageCounts.Wave> shown(List<StageCounts.Wave> waves) {
        if (waves.size() <= WAVES) {
            return waves;
        }
        return waves.stream()
                .sorted(Comparator.comparing((StageCounts.Wave wave) -> wave.openRows() == 0))
                .limit(WAVES)
                .sorted(Comparator.comparingInt(waves::indexOf))
                .toList();
    }

    private String line(StageCounts.Wave wave, int nameWidth) {
        return "%-"
                        .concat(Math.max(1, nameWidth) + "s %s %d/%d  %s")
                        .formatted(name(wave), bar(wave), wave.closedRows(), wave.rows(), stages(wave))
                + (wave.failedRows() == 0 ? "" : "  " + failed(wave));
    }

    private static String failed(StageCounts.Wave wave) {
        return "%d failed".formatted(wave.failedRows());
    }

    private static String name(StageCounts.Wave wave) {
        return wave.name().isEmpty() ? "(no wave)" : cut(Console.safe(wave.name()), NAME);
    }

    /** Full for closed rows, half for rows under way, empty for the others. */
    private String bar(StageCounts.Wave wave) {
        int underWay = Stream.of(Stage.values())
                .filter(Stage::isUnderWay)
                .mapToInt(wave::count)
                .sum();
        int closed = share(wave.closedRows(), wave.rows());
        int started = share(wave.closedRows() + underWay, wave.rows()) - closed;
        return (unicode ? "█" : "#").repeat(closed)
                + (unicode ? "▒" : "=").repeat(started)
                + (unicode ? "░" : ".").repeat(BAR - closed - started);
    }

    private static int share(int part, int whole) {
        return whole == 0 ? 0 : (int) ((long) BAR * part / whole);
    }

    private String painted(StageCounts.Wave wave, String line) {
        var bar = bar(wave);
        var coloured = line.replace(bar, wave.failedRows() > 0 ? paint.notable(bar) : paint.good(bar));
        return wave.failedRows() > 0 ? coloured.replace(failed(wave), paint.bad(failed(wave))) : coloured;
    }

    private static String cut(String line, int columns) {
        int most = Math.max(10, columns - 1);
        return line.codePointCount(0, line.length()) <= most
                ? line
                : line.substring(0, line.offsetByCodePoints(0, most - 1)) + "~";
    }
}
