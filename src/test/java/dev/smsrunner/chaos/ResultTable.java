package dev.smsrunner.chaos;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The results as Markdown tables. */
final class ResultTable {

    private ResultTable() {}

    /** One line with the counts of a shard. */
    static String ofShard(TrialShard shard, List<TrialResult> lines, Duration duration) {
        long failed = lines.stream().filter(line -> !line.findings().isEmpty()).count();
        long skipped = lines.stream()
                .filter(line -> line.findings().isEmpty() && !line.findings().isReached())
                .count();
        return "Shard %s: %d points, %d passed, %d not reached, %d with findings, %d min %d s"
                .formatted(
                        shard,
                        lines.size(),
                        lines.size() - failed - skipped,
                        skipped,
                        failed,
                        duration.toMinutes(),
                        duration.toSecondsPart());
    }

    /** Trials and failures of each kind. Without a failure in n trials the true rate is below 3/n with 95 % confidence. */
    static String of(List<TrialResult> lines) {
        var groups = new TreeMap<String, int[]>();
        for (var line : lines) {
            var counts = groups.computeIfAbsent("| " + line.what() + " | " + line.store(), key -> new int[3]);
            counts[line.findings().isEmpty() && !line.findings().isReached() ? 2 : 0]++;
            counts[1] += line.findings().isEmpty() ? 0 : 1;
        }
        var text = new StringBuilder(
                "| kind | database | trials | not reached | failures | bound 3/n |\n|---|---|---|---|---|---|\n");
        groups.forEach((group, counts) -> text.append("%s | %d | %d | %d | %s |\n"
                .formatted(group, counts[0], counts[2], counts[1], counts[1] > 0 ? "-" : bound(counts[0]))));
        return text.toString();
    }

    private static String bound(int trials) {
        return trials < 4 ? "-" : String.format(Locale.ROOT, "%.1f %%", 300.0 / trials);
    }

    /** The checks that caught each defect. */
    static String ofDefects(List<TrialResult> lines) {
        var text = new StringBuilder("| defect | database | caught by |\n|---|---|---|\n");
        for (var line : lines) {
            text.append("| %s | %s | %s |\n"
                    .formatted(
                            line.what(),
                            line.store(),
                            line.findings().isEmpty() ? "NONE" : line.findings().checks()));
        }
        return text.toString();
    }
}
