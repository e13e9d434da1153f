package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.support.JobRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns {@code cutover_window} and {@code cutover_at} against the windows of the job file. */
class CutoverCheckTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    private static final LaunchWindow FRI = window("fri", "2026-12-04T14:00:00Z");
    private static final LaunchWindow SAT = window("sat", "2026-12-05T14:00:00Z");

    @TempDir
    private Path directory;

    private static LaunchWindow window(String name, String open) {
        var from = Instant.parse(open);
        var close = from.plus(Duration.ofHours(6));
        return new LaunchWindow(name, from, close.minus(Duration.ofMinutes(30)), close, open + " to its last call");
    }

    private static LaunchOrder order(Map<String, List<LaunchWindow>> windows) {
        return new LaunchOrder(Map.of(), false, Set.of(), Map.of(), windows);
    }

    private static final LaunchOrder NIGHTS = order(Map.of("", List.of(FRI, SAT), "wave-1", List.of(FRI)));

    private List<String> problems(String rows, LaunchOrder order, RowRules rules) throws IOException {
        var file = Files.writeString(
                directory.resolve("i.csv"), "server_name,wave_name,cutover_window,cutover_at\n" + rows);
        return InventoryFile.check(file, DEFAULTS, rules, order).problems().stream()
                .map(problem -> problem.toString().substring(file.toString().length()))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wave-1,,                                | none
            wave-1,fri,2026-12-04T22:00+08:00       | none
            wave-2,sat,2026-12-06T03:29+08:00       | none
            wave-2,sat,2026-12-06 03:29+08:00       | none
            wave-2,frei,                            | cutover_window: 'frei' is not a window of the job file; did you mean fri?
            wave-1,sat,                             | cutover_window: 'sat' is not a window of wave 'wave-1'; write one of fri
            wave-1,,2026-12-05T22:00+08:00          | cutover_at: 2026-12-05T22:00+08:00 is outside every window of the row: fri
            wave-2,fri,2026-12-05T22:00+08:00       | cutover_at: 2026-12-05T22:00+08:00 is outside every window of the row: fri
            wave-2,,2026-12-05T03:30+08:00          | cutover_at: 2026-12-05T03:30+08:00 is outside every window of the row: fri
            wave-2,,2026-12-04T22:00                | cutover_at: '2026-12-04T22:00' has no offset; write the offset
            wave-2,,tonight                         | cutover_at: 'tonight' is not a date and time
            wave-2,TBD,                             | cutover_window: 'TBD'
            """)
    void cellsAreCheckedAgainstTheWindows(String cells, String problem) throws IOException {
        var found = problems("a," + cells.strip() + "\n", NIGHTS, JobRules.MIGRATE);

        if (problem.equals("none")) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).singleElement().asString().startsWith(":2: " + problem);
        }
    }

    @Test
    void windowNeedsWindowsInTheJobFile() throws IOException {
        assertThat(problems("a,w,fri,\n", LaunchOrder.NONE, JobRules.MIGRATE))
                .singleElement()
                .asString()
                .contains("cutover_window: the job file has no cutover.windows");
        assertThat(problems("a,w,,2026-12-04T22:00+08:00\n", LaunchOrder.NONE, JobRules.MIGRATE))
                .as("a time needs no window")
                .isEmpty();
    }

    @Test
    void overlappingWindowsOfAWaveAreOneProblem() throws IOException {
        var late = new LaunchWindow(
                "late", FRI.close().minusSeconds(1), FRI.close(), FRI.close().plusSeconds(60), "late");
        var order = order(Map.of("", List.of(FRI, late), "wave-1", List.of(FRI)));

        assertThat(problems("a,wave-2,,\nb,wave-2,,\nc,wave-1,,\nd,wave-3,late,\n", order, JobRules.MIGRATE))
                .containsExactly(
                        ":2: wave_name: the windows fri and late of its wave overlap; write one of them in cutover_window, or in windows of the wave in the job file");
    }

    @Test
    void automaticLaunchTakesNoTimes() throws IOException {
        var auto = new LaunchOrder(Map.of(), true, Set.of(), Map.of(), Map.of());

        assertThat(problems("a,w,fri,2026-12-04T22:00+08:00\n", auto, JobRules.MIGRATE))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).contains("is not possible with cutover.when: auto"));
    }

    @Test
    void otherJobsIgnoreTheCells() throws IOException {
        var file = Files.writeString(directory.resolve("d.csv"), "server_name,cutover_window\na,fri\n");

        assertThat(InventoryFile.check(file, Map.of(), JobRules.ACTION, LaunchOrder.NONE)
                        .problems())
                .noneMatch(problem -> problem.toString().contains("cutover_window"));
    }

    @Test
    void skippedRowIsNotChecked() throws IOException {
        var file =
                Files.writeString(directory.resolve("s.csv"), "server_name,ok_to_migrate,cutover_window\na,no,gone\n");

        assertThat(InventoryFile.check(file, DEFAULTS, JobRules.MIGRATE, NIGHTS).problems())
                .isEmpty();
    }
}
