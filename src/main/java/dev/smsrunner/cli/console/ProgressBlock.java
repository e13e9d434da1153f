package dev.smsrunner.cli.console;

import dev.smsrunner.inventory.Plural;
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

/** Progress block of a run: totals, one line per wave, API usage. */
public record ProgressBlock(boolean unicode, AnsiStyle style) {

    private static final int BAR_WIDTH = 20;
    private static final int MAX_WAVES = 12;
    private static final int MAX_NAME = 24;
    private static final double GIGA = 1e9;

    /** Lines of the block, none wider than the terminal. */
    List<String> lines(String title, StageCounts counts, ApiStats api, Optional<Duration> remaining, int columns) {
        var lines = new ArrayList<String>();
        lines.add(cut(title + "  " + total(counts.total(), remaining), columns));
        var shown = shown(counts.waves());
        int name = shown.stream().mapToInt(wave -> name(wave).length()).max().orElse(0);
        shown.forEach(wave -> lines.add(coloured(wave, cut(line(wave, name), columns))));
        int hidden = counts.waves().size() - shown.size();
        if (hidden > 0) {
            lines.add(cut("and " + Plural.of(hidden, "more wave"), columns));
        }
        lines.add(cut(text(api), columns));
        return lines;
    }

    /** Text of the totals. */
    public static String total(StageCounts.Wave total, Optional<Duration> remaining) {
        if (total.rows() == 0) {
            return "reading the inventory";
        }
        return "%d of %s ended%s%s%s%s"
                .formatted(
                        total.closedRows(),
                        Plural.of(total.rows(), "row"),
                        total.failedRows() == 0 ? "" : ", " + failed(total),
                        attention(total.attention()),
                        copied(total),
                        remaining
                                .map(time -> ", about " + HumanDuration.text(time) + " left")
                                .orElse(""));
    }

    private static String attention(int rows) {
        if (rows == 0) {
            return "";
        }
        return rows == 1 ? ", 1 needs attention" : ", %d need attention".formatted(rows);
    }

    /** Text of the copied bytes, of servers for which SMS reports them; other copies have not started. */
    private static String copied(StageCounts.Wave wave) {
        return wave.total() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        ", %.1f of %.1f GB copied",
                        Math.min(wave.copied(), wave.total()) / GIGA,
                        wave.total() / GIGA);
    }

    /** Text of the open rows by stage. */
    public static String stages(StageCounts.Wave wave) {
        return Stream.of(Stage.values())
                .filter(stage -> stage != Stage.CLOSED && wave.count(stage) > 0)
                .map(stage ->
                        "%s %d".formatted(stage.name().toLowerCase(Locale.ROOT).replace('_', ' '), wave.count(stage)))
                .collect(Collectors.joining(", "));
    }

    /** Text of the API usage. */
    static String text(ApiStats api) {
        var limit = api.limitPerSecond() > 0 ? " of %.1f/s".formatted(api.limitPerSecond()) : "";
        return "API %.1f%s, %s, %d throttled (429)"
                .formatted(
                        api.perSecond(),
                        limit.isEmpty() ? "/s" : limit,
                        Plural.of(api.calls(), "call"),
                        api.throttled());
    }

    /** Waves to show, in their order; prefers waves with open rows if there are too many. */
    private static List<StageCounts.Wave> shown(List<StageCounts.Wave> waves) {
        if (waves.size() <= MAX_WAVES) {
            return waves;
        }
        return waves.stream()
                .sorted(Comparator.comparing((StageCounts.Wave wave) -> wave.openRows() == 0))
                .limit(MAX_WAVES)
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
        return wave.name().isEmpty() ? "(no wave)" : cut(Console.safe(wave.name()), MAX_NAME);
    }

    /** Bar with full blocks for ended rows, half blocks for rows under way, empty blocks for other rows. */
    private String bar(StageCounts.Wave wave) {
        int underWay = Stream.of(Stage.values())
                .filter(Stage::isUnderWay)
                .mapToInt(wave::count)
                .sum();
        int ended = share(wave.closedRows(), wave.rows());
        int started = share(wave.closedRows() + underWay, wave.rows()) - ended;
        return (unicode ? "█" : "#").repeat(ended)
                + (unicode ? "▒" : "=").repeat(started)
                + (unicode ? "░" : ".").repeat(BAR_WIDTH - ended - started);
    }

    private static int share(int part, int whole) {
        return whole == 0 ? 0 : (int) ((long) BAR_WIDTH * part / whole);
    }

    private String coloured(StageCounts.Wave wave, String line) {
        var bar = bar(wave);
        var result = line.replace(bar, wave.failedRows() > 0 ? style.notable(bar) : style.good(bar));
        return wave.failedRows() > 0 ? result.replace(failed(wave), style.bad(failed(wave))) : result;
    }

    private static String cut(String line, int columns) {
        int max = Math.max(10, columns - 1);
        return line.codePointCount(0, line.length()) <= max
                ? line
                : line.substring(0, line.offsetByCodePoints(0, max - 1)) + "~";
    }
}
