package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several windows: which one a row uses, their capacity, and what holds the row. */
class RowWindowsTests {

    private static final Instant NOW = OrderFixtures.NOW;
    private static final String OTHER = "server-2";

    /** Two windows of two hours, with a last call 15 minutes before the close. The first opens in one hour. */
    private final OrderFixtures fixtures = new OrderFixtures()
            .with("cutover.windows.fri.open", hours(1))
            .with("cutover.windows.fri.close", hours(3))
            .with("cutover.windows.fri.lockout", "15m")
            .with("cutover.windows.fri.zone", "Asia/Singapore")
            .with("cutover.windows.fri.capacity", "1")
            .with("cutover.windows.sat.open", hours(25))
            .with("cutover.windows.sat.close", hours(27))
            .with("cutover.windows.sat.lockout", "15m")
            .with("cutover.windows.sat.zone", "Asia/Singapore")
            .with("waves.wave-1.windows", "fri")
            .row(1, "server-1", Stage.SYNCING);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # after | obstacle
            0m      | WINDOW fri opens 2026-12-03 05:00 +08:00 (in 1 h 0 min)
            59m59s  | WINDOW fri opens 2026-12-03 05:00 +08:00 (in 1 s)
            1h      | go
            2h44m59s | go
            2h45m   | WINDOW sat opens 2026-12-04 05:00 +08:00 (in 22 h 15 min)
            3h      | WINDOW sat opens 2026-12-04 05:00 +08:00 (in 22 h 0 min)
            25h     | go
            26h45m  | WINDOW sat is over: last call was at 2026-12-04 06:45 +08:00
            """)
    void rowUsesTheFirstWindowThatIsOpen(String after, String obstacle) {
        assertThat(obstacle(1, after)).isEqualTo(obstacle);
    }

    @Test
    void waveUsesItsOwnWindowsOnly() {
        fixtures.row(1, "server-1", "wave-1", Stage.SYNCING);

        assertThat(obstacle(1, "1h")).isEqualTo("go");
        assertThat(obstacle(1, "25h")).isEqualTo("WINDOW fri is over: last call was at 2026-12-03 06:45 +08:00");
    }

    @Test
    void windowInTheRowIsTheOnlyOne() {
        request("sat", null);

        assertThat(obstacle(1, "1h")).startsWith("WINDOW sat opens");
        assertThat(obstacle(1, "25h")).isEqualTo("go");
    }

    @Test
    void windowThatTheSettingsDoNotHaveHoldsTheRow() {
        request("sun", null);

        assertThat(obstacle(1, "1h")).isEqualTo("WINDOW the job file has no window for it");
        assertThat(fixtures.snapshot().plan().windowsOf(fixtures.row(1)).isOverAt(NOW))
                .isTrue();
    }

    @Test
    void rowIsNotLaunchedBeforeItsTime() {
        request("", NOW.plus(Duration.ofHours(2)));

        assertThat(obstacle(1, "1h59m")).isEqualTo("WINDOW not before 2026-12-03 06:00 +08:00");
        assertThat(obstacle(1, "2h")).isEqualTo("go");
    }

    @Test
    void timeOfTheRowHoldsWithoutWindowsToo() {
        var run = new OrderFixtures().row(1, "server-1", Stage.SYNCING);
        run.change(1, row -> row.withCutover(new RequestedCutover("", NOW.plusSeconds(60))));

        assertThat(LaunchDecider.of(run.row(1), run.snapshot(), NOW)).isPresent();
        assertThat(LaunchDecider.of(run.row(1), run.snapshot(), NOW.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void fullWindowNamesTheNext() {
        launched(Stage.LAUNCHING);

        assertThat(obstacle(1, "2h")).isEqualTo("CAPACITY fri 1 of 1, next sat");
        assertThat(obstacle(1, "25h")).isEqualTo("go");
    }

    @Test
    void fullLastWindowHasNoNext() {
        request("fri", null);
        launched(Stage.LAUNCHING);

        assertThat(obstacle(1, "2h")).isEqualTo("CAPACITY fri 1 of 1, no later window");
    }

    @Test
    void endedLaunchStillCounts() {
        launched(Stage.LAUNCHING);
        fixtures.change(2, row -> row.end(Outcome.MIGRATED, null, NOW.plus(Duration.ofMinutes(70))));

        assertThat(obstacle(1, "2h")).startsWith("CAPACITY");
    }

    @Test
    void failedLaunchGivesItsPlaceBack() {
        launched(Stage.LAUNCHING);
        fixtures.change(2, RowWindowsTests::failed);

        assertThat(obstacle(1, "2h")).isEqualTo("go");
        fixtures.change(2, row -> row.end(Outcome.FAILED, "SMS.0805", NOW.plus(Duration.ofHours(2))));
        assertThat(obstacle(1, "2h")).isEqualTo("go");
    }

    @Test
    void launchOutsideEveryWindowTakesNoPlace() {
        fixtures.row(2, OTHER, Stage.LAUNCHING).launchAgo(2, Duration.ZERO);

        assertThat(obstacle(1, "2h")).isEqualTo("go");
    }

    @Test
    void ownLaunchWithoutEffectMayBeRepeated() {
        fixtures.row(1, "server-1", Stage.LAUNCHING).launchAgo(1, Duration.ofHours(-1));

        assertThat(obstacle(1, "2h")).isEqualTo("go");
    }

    @Test
    void launchesOfOnePassTakeTheLastPlace() {
        fixtures.row(2, OTHER, Stage.SYNCING);

        assertThat(LaunchDecider.next(fixtures.at(Stage.SYNCING), fixtures.snapshot(), NOW.plus(Duration.ofHours(1))))
                .extracting(LedgerRow::row)
                .containsExactly(1);
    }

    @Test
    void rowsEndWhenTheirWindowsAreOver() {
        fixtures.row(1, "server-1", "wave-1", Stage.REPLICATING)
                .row(2, OTHER, "wave-2", Stage.REPLICATING)
                .row(3, "server-3", "wave-1", Stage.PLANNED)
                .row(4, "server-4", "wave-1", Stage.LAUNCHING)
                .row(5, "server-5", "wave-1", Stage.SYNCING);

        assertThat(ended("2h44m")).isEmpty();
        assertThat(ended("2h45m"))
                .isEqualTo(
                        Map.of(
                                1,
                                        "not launched: still copying at the last launch of window fri at 2026-12-03 06:45 +08:00",
                                3,
                                        "not launched: its copy was not started before the last launch of window fri at 2026-12-03 06:45 +08:00",
                                5,
                                        "not launched: in sync, but still waiting at the last launch of window fri at 2026-12-03 06:45 +08:00"));
        assertThat(ended("26h45m").keySet()).containsExactly(1, 2, 3, 5);
    }

    @Test
    void failedLaunchEndsWithTheWindows() {
        fixtures.row(1, "server-1", Stage.LAUNCHING).change(1, RowWindowsTests::failed);

        assertThat(ended("27h").keySet()).containsExactly(1);
    }

    /** The page of earlier versions promised that the run waits for its copies. */
    @Test
    void oneWindowWithoutAtCloseWaitsForCopies() {
        var run = new OrderFixtures()
                .with("cutover.window.open", hours(1))
                .with("cutover.window.close", hours(3))
                .row(1, "server-1", Stage.REPLICATING);

        var later = NOW.plus(Duration.ofHours(4));
        assertThat(MissedWindows.rowsToEnd(run.snapshot(), later)).isEmpty();
        run.with("cutover.at-close", "keep-syncing");
        assertThat(MissedWindows.rowsToEnd(run.snapshot(), later)).hasSize(1);
    }

    @Test
    void capacityIsTheCauseOfARowInSync() {
        launched(Stage.LAUNCHING);

        assertThat(LaunchDecider.describeCapacity(fixtures.row(1), fixtures.snapshot()))
                .contains("window fri had 1 of 1 launches");
    }

    private void launched(Stage stage) {
        fixtures.row(2, OTHER, stage).launchAgo(2, Duration.ofHours(-1));
    }

    private static LedgerRow failed(LedgerRow row) {
        return row.withObserved(new ObservedState("MIGRATE_FAIL", "error", "cutovering", true, null, NOW, null));
    }

    private void request(String window, @Nullable Instant notBefore) {
        fixtures.change(1, row -> row.withCutover(new RequestedCutover(window, notBefore)));
    }

    private String obstacle(int row, String after) {
        return LaunchDecider.of(fixtures.row(row), fixtures.snapshot(), NOW.plus(duration(after)))
                .map(Obstacle::line)
                .orElse("go");
    }

    private Map<Integer, String> ended(String after) {
        return MissedWindows.rowsToEnd(fixtures.snapshot(), NOW.plus(duration(after)));
    }

    private static Duration duration(String text) {
        return Duration.parse("PT" + text);
    }

    private static String hours(int hours) {
        return NOW.plus(Duration.ofHours(hours)).toString();
    }
}
