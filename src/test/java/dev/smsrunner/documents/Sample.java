package dev.smsrunner.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A sample of output in a page, and the comparison with the real output.
 *
 * <p>A line {@code ...} represents omitted lines. The other lines must occur in the real output in the same order, with gaps
 * only at {@code ...}. Values that differ between runs are replaced by placeholders first.
 */
final class Sample {

    /** Represents omitted lines. */
    static final String OMITTED = "...";

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z");
    private static final Pattern RUN = Pattern.compile("\\b\\d{8}-\\d{4}-[0-9a-f]{4}\\b");
    private static final Pattern ID =
            Pattern.compile("\\b[0-9a-f]{8}-(?:\\.\\.\\.|[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\\b)");
    private static final Pattern HASH = Pattern.compile("\\b[0-9a-f]{64}\\b");
    private static final Pattern DURATION = Pattern.compile("\\b\\d+(?:\\.\\d+)?(?:ms|s|m|h)(?:\\d+(?:s|m))?\\b");

    /** Server of a progress line, which differs between runs. */
    private static final Pattern SERVER = Pattern.compile("<time> \\S+ \\S+ \\(row \\d+, task <id>\\)");

    /** Numbers in progress lines and in the checks of verify. */
    private static final Pattern FIGURES =
            Pattern.compile("^(<time> \\d+ of \\d+ rows .*?, )(\\d.*)$|^(\\s*(?:Events|I\\d+) )(.*\\d.*)$");

    private static final Pattern NUMBER = Pattern.compile("\\b\\d+(?:\\.\\d+)?\\b");

    private Sample() {}

    /**
     * The line without values that differ between runs: times, durations, ids, paths, numbers of calls.
     *
     * @param folder working directory of the command, {@code ...} in samples
     */
    static String normal(String line, String folder) {
        String text = line.replace(folder, OMITTED);
        text = TIME.matcher(text).replaceAll("<time>");
        text = RUN.matcher(text).replaceAll("<run>");
        text = ID.matcher(text).replaceAll("<id>");
        text = HASH.matcher(text).replaceAll("<hash>");
        text = DURATION.matcher(text).replaceAll("<duration>");
        text = SERVER.matcher(text).replaceAll("<time> <server>");
        var figures = FIGURES.matcher(text);
        if (figures.matches()) {
            boolean progress = figures.group(1) != null;
            String head = figures.group(progress ? 1 : 3);
            text = head + NUMBER.matcher(figures.group(progress ? 2 : 4)).replaceAll("<n>");
        }
        return text.strip().replaceAll("\\s+", " ");
    }

    /** A line of the real output for a page: without the folder, with short ids. */
    static String shown(String line, String folder) {
        return ID.matcher(line.replace(folder, OMITTED))
                .replaceAll(id -> id.group().substring(0, 8) + "-...")
                .stripTrailing();
    }

    /** The first line of the sample missing in the real output at its position, or empty. */
    static String missing(List<String> sample, List<String> real, String folder) {
        List<String> output = real.stream().map(line -> normal(line, folder)).toList();
        int at = 0;
        boolean gap = false;
        for (List<String> part : parts(sample)) {
            List<String> wanted =
                    part.stream().map(line -> normal(line, folder)).toList();
            int found = position(output, wanted, at, gap);
            if (found < 0) {
                return firstMissing(part, wanted, output);
            }
            at = found + wanted.size();
            gap = true;
        }
        boolean open = sample.get(sample.size() - 1).equals(OMITTED);
        return open || at == output.size() ? "" : "(end of the sample, but the output continues: " + real.get(at) + ")";
    }

    /** The parts between omissions. The first part is empty for a leading omission. */
    private static List<List<String>> parts(List<String> sample) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (String line : sample) {
            if (line.equals(OMITTED)) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(line);
            }
        }
        parts.add(part);
        return parts;
    }

    private static int position(List<String> output, List<String> part, int from, boolean gap) {
        for (int at = from; at + part.size() <= output.size(); at++) {
            if (output.subList(at, at + part.size()).equals(part)) {
                return at;
            }
            if (!gap) {
                break;
            }
        }
        return -1;
    }

    private static String firstMissing(List<String> part, List<String> wanted, List<String> output) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!output.contains(wanted.get(i))) {
                return part.get(i);
            }
        }
        return part.get(0) + " (order of the lines)";
    }

    /** The sample with the most similar lines of the real output. Omissions stay. */
    static List<String> renewed(List<String> sample, List<String> real, String folder) {
        if (!sample.contains(OMITTED)) {
            return real.stream().map(line -> shown(line, folder)).toList();
        }
        List<String> renewed = new ArrayList<>();
        int at = 0;
        for (String line : sample) {
            if (line.equals(OMITTED)) {
                renewed.add(line);
                continue;
            }
            int nearest = nearest(line, real, at, folder);
            renewed.add(shown(real.get(nearest), folder));
            at = Math.min(nearest + 1, real.size() - 1);
        }
        return renewed;
    }

    private static int nearest(String line, List<String> real, int from, String folder) {
        int best = from;
        double most = -1;
        for (int i = from; i < real.size(); i++) {
            double same = likeness(normal(line, folder), normal(real.get(i), folder))
                    + likeness(line, shown(real.get(i), folder)) / 1000;
            if (same > most) {
                most = same;
                best = i;
            }
        }
        return best;
    }

    /** Share of common tokens, 0 to 1. */
    private static double likeness(String one, String other) {
        Set<String> all = new HashSet<>(tokens(one));
        Set<String> common = new HashSet<>(all);
        common.retainAll(tokens(other));
        all.addAll(tokens(other));
        return (double) common.size() / all.size();
    }

    private static List<String> tokens(String line) {
        return Arrays.asList(line.strip().split("\\s+"));
    }

    /** The page with other content in its samples. */
    static String replaced(Page page, Map<Integer, List<String>> byFence) {
        List<String> lines = new ArrayList<>(page.text().lines().toList());
        byFence.entrySet().stream()
                .sorted(Map.Entry.<Integer, List<String>>comparingByKey().reversed())
                .forEach(sample -> {
                    int first = sample.getKey();
                    int end = first;
                    while (!lines.get(end).strip().equals("```")) {
                        end++;
                    }
                    lines.subList(first, end).clear();
                    lines.addAll(first, sample.getValue());
                });
        return String.join("\n", lines) + "\n";
    }
}
