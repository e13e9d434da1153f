package dev.smsrunner.jobfile;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.support.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documented range and default of each setting hold, and the sample job file shows each setting. */
class SettingTableTests {

    private static final Pattern RANGE = Pattern.compile("(?:duration, )?([0-9]\\S*) to ([^\\s,]+).*");
    private static final Pattern KEY = Pattern.compile("(?m)^( *)(?:# )?( *)([a-z0-9-]+):.*$");

    @TempDir
    private Path folder;

    static Stream<SettingDefinition<?>> ranges() {
        return SettingTable.jobsBySetting().keySet().stream()
                .filter(setting -> RANGE.matcher(setting.type().values()).matches());
    }

    static Stream<SettingDefinition<?>> defaults() {
        return SettingTable.jobsBySetting().keySet().stream()
                .filter(setting -> setting.standard() != null && !setting.takesAnyName());
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void rangeAcceptsOnlyItsValues(SettingDefinition<?> setting) throws IOException {
        Matcher range = RANGE.matcher(setting.type().values());
        assertThat(range.matches()).isTrue();

        assertThat(outOfRange(setting, range.group(1))).isEmpty();
        assertThat(outOfRange(setting, range.group(2))).isEmpty();
        assertThat(outOfRange(setting, above(range.group(2)))).isNotEmpty();
        if (!range.group(1).equals("0s")) {
            assertThat(outOfRange(setting, below(range.group(1)))).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void unsetKeyHasTheDefault(SettingDefinition<?> setting) throws IOException, JobFileException {
        JobFile job = JobFiles.read(file(setting), Overrides.none(), Map.of(), BulkJobs.ALL);

        boolean isRecorded = setting.recordPolicy() == SettingDefinition.RecordPolicy.ALWAYS;
        assertThat(job.settings().get(setting.key())).isEqualTo(isRecorded ? setting.standard() : null);
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void explicitDefaultIsNoChange(SettingDefinition<?> setting) throws IOException, JobFileException {
        JobFile silent = JobFiles.read(file(setting), Overrides.none(), Map.of(), BulkJobs.ALL);
        JobFile explicit = JobFiles.read(
                file(setting), new Overrides(null, Map.of(setting.key(), setting.standard())), Map.of(), BulkJobs.ALL);

        assertThat(explicit.values()).isEqualTo(silent.values());
    }

    /** Each key has its default in the comment above it or beside it, unless it has none. */
    @Test
    void sampleOfAMigrationShowsEveryKeyWithItsDefault() throws IOException {
        String sample = Files.readString(Path.of("jobs/overnight-cutover.yaml"));
        Map<String, String> comments = commentsByKey(sample);
        var settings = SettingTable.jobsBySetting();
        settings.values().removeIf(jobs -> !jobs.equals("all") && !jobs.equals("`migrate`"));
        settings.keySet()
                .removeIf(setting ->
                        setting.key().endsWith("<column>") || setting.key().endsWith("<header>"));

        assertThat(sample)
                .contains("# " + BulkJobs.ALL.stream().map(JobDefinition::label).collect(joining(" | ")) + "\n");
        assertThat(settings.keySet()).hasSizeGreaterThan(30).allSatisfy(setting -> {
            String key = setting.key()
                    .replace("windows.<name>", "windows.fri")
                    .replace("gates.<name>", "gates.go-wave-2")
                    .replace("<name>", "wave-2");
            assertThat(comments).containsKey(key);
            if (setting.shown().startsWith("`") && !key.equals("simulator.state")) {
                String shown = setting.shown().replace("`", "");
                assertThat(comments.get(key)).as(key).containsAnyOf("(" + shown + ")", shown + " (default)");
            }
        });
    }

    /** The comments of each key: the lines since the key before it, and the rest of its own line. */
    private static Map<String, String> commentsByKey(String sample) {
        SettingKeys keys = new SettingKeys(SharedSettings.with(List.copyOf(BulkJobs.ALL)));
        Map<String, String> comments = new LinkedHashMap<>();
        Map<Integer, String> blocks = new TreeMap<>();
        int end = 0;
        Matcher line = KEY.matcher(sample);
        while (line.find()) {
            int indent = line.group(1).length() + line.group(2).length();
            String parent = indent == 0 ? "" : blocks.getOrDefault(indent - 2, "?") + ".";
            String key = parent + line.group(3);
            if (keys.isKey(key)
                    || keys.isBlock(key)
                    || !parent.isEmpty() && keys.isBlockOfNames(SettingKeys.blockOf(parent + "x"))) {
                blocks.put(indent, key);
                comments.put(key, sample.substring(end, line.end()));
                end = line.end();
            }
        }
        return comments;
    }

    private List<Problem> outOfRange(SettingDefinition<?> setting, String value) throws IOException {
        String key = setting.key().replace("<name>", "wave-1");
        try {
            JobFiles.read(file(setting), new Overrides(null, Map.of(key, value)), Map.of(), BulkJobs.ALL);
            return List.of();
        } catch (JobFileException ex) {
            List<Problem> problems = new ArrayList<>(ex.problems());
            problems.removeIf(problem -> !problem.toString().contains(key)
                    || !problem.toString().matches("(?s).*(out of range|at least|at most|is not a number).*"));
            return problems;
        }
    }

    private Path file(SettingDefinition<?> setting) throws IOException {
        String jobs = SettingTable.jobsBySetting().get(setting);
        String job = jobs.equals("all") ? "migrate" : jobs.replace("`", "");
        String text = "job: " + job + "\ninventory: rows.csv\nservice: {endpoint: simulator}\n";
        if (job.equals("migrate")) {
            text += "cutover: {window: {open: 2026-11-01T22:00Z, close: 2026-11-30T04:00Z}}\n";
        }
        return Files.writeString(folder.resolve("job.yaml"), text);
    }

    private static String above(String value) {
        return value.matches("[0-9]+") ? String.valueOf(Long.parseLong(value) + 1) : moved(value, 1);
    }

    private static String below(String value) {
        return value.matches("[0-9]+")
                ? String.valueOf(Long.parseLong(value) - 1)
                : value.matches("[0-9.]+") ? "0.001" : moved(value, -1);
    }

    private static String moved(String duration, long steps) {
        Duration value = Durations.parse(duration).orElseThrow();
        Duration step = value.toSeconds() > 0 ? Duration.ofSeconds(1) : Duration.ofMillis(1);
        return Durations.write(value.plus(step.multipliedBy(steps)));
    }
}
