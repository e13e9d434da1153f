package dev.smsrunner.jobfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.Durations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ranges and defaults of the table match the binder. */
class SettingTableTests {

    private static final Pattern RANGE = Pattern.compile("(?:`auto`, or |duration, )?(\\S+) to ([^\\s,]+).*");

    /** A setting that is not given is not recorded under these keys. */
    private static final Set<String> NOT_RECORDED =
            Set.of("limits.speed-limit-max", "cutover.on-difference", "cutover.pace", "stop-dcs.full-migration");

    private static final Map<String, String> SPELLED = Map.of(
            "service.copystate-style", "lowercase",
            "watch.give-up-after", "4h");

    @TempDir
    private Path folder;

    static Stream<SettingDefinition> ranges() {
        return SettingTable.all().stream()
                .filter(setting -> RANGE.matcher(setting.values()).matches());
    }

    static Stream<SettingDefinition> defaults() {
        return SettingTable.all().stream()
                .filter(setting -> setting.standard().matches("[a-z0-9]+|8 ×.*"))
                .filter(setting ->
                        !Set.of("required", "none", "environment", "both").contains(setting.standard()));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void rangeAcceptsOnlyItsValues(SettingDefinition setting) throws IOException {
        Matcher range = RANGE.matcher(setting.values());
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
    void unsetKeyHasTheDefault(SettingDefinition setting) throws IOException, JobFileException {
        JobFile job = JobFiles.read(file(setting), Overrides.none(), Map.of());

        assertThat(job.settings().containsKey(setting.key())).isEqualTo(!NOT_RECORDED.contains(setting.key()));
        if (job.settings().containsKey(setting.key())) {
            assertThat(job.settings())
                    .containsEntry(setting.key(), SPELLED.getOrDefault(setting.key(), setting.standard()));
        }
    }

    @Test
    void theSampleOfAMigrationNamesEveryKey() throws IOException {
        String sample = Files.readString(Path.of("jobs/overnight-cutover.yaml"));

        assertThat(SettingTable.all())
                .filteredOn(setting ->
                        setting.jobs().matches("all|migrate") && !setting.key().contains("<column>"))
                .extracting(setting -> setting.key().substring(setting.key().lastIndexOf('.') + 1))
                .allSatisfy(name -> assertThat(sample).containsPattern("\\b" + name + "\\b"));
    }

    private List<Problem> outOfRange(SettingDefinition setting, String value) throws IOException {
        String key = setting.key().replace("<name>", "wave-1");
        try {
            JobFiles.read(file(setting), new Overrides(null, Map.of(key, value)), Map.of());
            return List.of();
        } catch (JobFileException ex) {
            List<Problem> problems = new ArrayList<>(ex.problems());
            problems.removeIf(problem -> !problem.toString().contains(key)
                    || !problem.toString().matches("(?s).*(out of range|at least|at most|is not a number).*"));
            return problems;
        }
    }

    private Path file(SettingDefinition setting) throws IOException {
        String job = setting.jobs().equals("all") ? "migrate" : setting.jobs();
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
