package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decision whether a target may be launched now, and its first obstacle. */
class LaunchDeciderTests {

    @Test
    void rowInSyncWithoutRulesMayLaunch() {
        assertThat(obstacle(new OrderFixtures().row(1, "app", Stage.SYNCING))).isEqualTo("go");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # level     PLANNED STARTED REPLICATING SYNCING LAUNCHING
                    ''        , held,   held,   held,       held,   held
                    @accepted , held,   held,   held,       held,   held
                    @launched , held,   held,   held,       held,   go
                    @synced   , held,   held,   held,       go,     go
                    @SYNCED   , held,   held,   held,       go,     go
                    """)
    void openDependencyIsMetByStage(
            String level, String planned, String started, String replicating, String syncing, String launching) {
        var expected = List.of(planned, started, replicating, syncing, launching);
        var stages = List.of(Stage.PLANNED, Stage.STARTED, Stage.REPLICATING, Stage.SYNCING, Stage.LAUNCHING);
        for (int i = 0; i < stages.size(); i++) {
            var fixtures = new OrderFixtures()
                    .row(1, "app", Stage.SYNCING, "db" + level)
                    .row(2, "db", stages.get(i));

            assertThat(obstacle(fixtures).equals("go") ? "go" : "held")
                    .as("%s of a parent that is %s", level, stages.get(i))
                    .isEqualTo(expected.get(i));
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    # outcome   , accepted, launched, synced
                    MIGRATED    , go      , go      , go
                    SKIPPED     , go      , go      , go
                    SYNCED      , held    , held    , go
                    FAILED      , held    , held    , held
                    REJECTED    , held    , held    , held
                    NOT_LAUNCHED, held    , held    , held
                    STOPPED     , held    , held    , held
                    """)
    void endedDependencyIsMetByOutcome(Outcome outcome, String accepted, String launched, String synced) {
        for (var each :
                List.of(List.of("db", accepted), List.of("db@launched", launched), List.of("db@synced", synced))) {
            var fixtures = new OrderFixtures()
                    .row(1, "app", Stage.SYNCING, each.get(0))
                    .addEnded(2, "db", outcome);

            assertThat(obstacle(fixtures).equals("go") ? "go" : "held")
                    .as("%s of a parent that ended %s", each.get(0), outcome)
                    .isEqualTo(each.get(1));
        }
    }

    @Test
    void dependencyInSyncWithoutLaunchCountsAsSynced() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "db@synced")
                .row(2, "db", Stage.SYNCING)
                .change(2, row -> row.end(Outcome.NOT_LAUNCHED, "window over", OrderFixtures.NOW));

        assertThat(obstacle(fixtures)).isEqualTo("go");
    }

    @Test
    void obstacleNamesDependencyAndItsProgress() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "hr-db-01")
                .row(2, "hr-db-01", Stage.REPLICATING)
                .observed(2, "RUNNING", "61 of 100 bytes");

        assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON hr-db-01, REPLICATING 61 %");
    }

    @Test
    void holdIsDescribedAsAClauseForReports() {
        var fixtures =
                new OrderFixtures().row(1, "app", "wave-2", Stage.SYNCING, "db").with("waves.wave-2.after", "wave-1");

        assertThat(heldBy(fixtures.row(2, "db", Stage.REPLICATING).observed(2, "RUNNING", "61 of 100 bytes")))
                .isEqualTo("its dependency db was REPLICATING 61 %");
        assertThat(heldBy(fixtures.observed(2, "MIGRATE_FAIL", null)))
                .isEqualTo("its dependency db had failed and was to be started again");
        assertThat(heldBy(fixtures.addEnded(2, "db", Outcome.FAILED).addEnded(3, "DB.", Outcome.STOPPED)))
                .isEqualTo("its dependency db (row 2, line 3) had FAILED");
        assertThat(heldBy(fixtures.addEnded(2, "db", Outcome.MIGRATED)))
                .isEqualTo("its dependency db (row 3, line 4) had ended STOPPED");
        assertThat(heldBy(fixtures.addEnded(3, "DB.", Outcome.SKIPPED).row(4, "web", "wave-1", Stage.SYNCING)))
                .isEqualTo("1 row of wave-1 was open");
        assertThat(heldBy(fixtures.row(5, "web", "wave-1", Stage.SYNCING).forceLaunch(1)))
                .as("with or without a forced launch")
                .isEqualTo("2 rows of wave-1 were open");
        assertThat(heldBy(new OrderFixtures().row(1, "app", Stage.SYNCING, "id:S-77")))
                .isEqualTo("its dependency id:S-77 was not launched as far as SMS showed");
        assertThat(heldBy(new OrderFixtures().row(1, "app", Stage.SYNCING, "gone")))
                .isEqualTo("its dependency gone was not known to this run");
        assertThat(heldBy(new OrderFixtures().row(1, "app", Stage.SYNCING))).isEqualTo("nothing");
    }

    private static String heldBy(OrderFixtures fixtures) {
        return LaunchDecider.describeHold(fixtures.row(1), fixtures.snapshot()).orElse("nothing");
    }

    @Test
    void obstacleNamesFailedDependency() {
        var fixtures =
                new OrderFixtures().row(1, "app", Stage.SYNCING, "bad-db").addEnded(2, "bad-db", Outcome.FAILED);

        assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON bad-db, which FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.", "DB", "\u00a0db", "db@accepted ", "db. @accepted"})
    void dependencyNameIgnoresSpelling(String spelling) {
        var open = new OrderFixtures().row(1, "app", Stage.SYNCING, spelling).row(2, "db", Stage.SYNCING);
        var ended = new OrderFixtures().row(1, "app", Stage.SYNCING, spelling).addEnded(2, "db", Outcome.MIGRATED);

        assertThat(obstacle(open)).startsWith("DEPENDS_ON");
        assertThat(obstacle(ended)).isEqualTo("go");
    }

    @Test
    void allServersOfOneNameMustBeMet() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "db")
                .addEnded(2, "db", Outcome.MIGRATED)
                .row(3, "DB.", Stage.LAUNCHING);

        assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON db (row 3, line 4), LAUNCHING");
    }

    @Test
    void unknownNameIsNeverMet() {
        assertThat(obstacle(new OrderFixtures().row(1, "app", Stage.SYNCING, "elsewhere")))
                .isEqualTo("DEPENDS_ON elsewhere, which this run does not know");
    }

    @Test
    void serverAcceptedInAnEarlierRunIsMet() {
        assertThat(obstacle(new OrderFixtures()
                        .row(1, "app", Stage.SYNCING, "ELSEWHERE.")
                        .acceptElsewhere("elsewhere")))
                .isEqualTo("go");
    }

    @Test
    void serverOfThisRunIsNotMetByAnEarlierRun() {
        assertThat(obstacle(new OrderFixtures()
                        .row(1, "app", Stage.SYNCING, "db")
                        .row(2, "db", Stage.SYNCING)
                        .acceptElsewhere("db")))
                .isEqualTo("DEPENDS_ON db, SYNCING");
    }

    @Test
    void serverOutsideInventoryIsMetWhenCutovered() {
        var fixtures = new OrderFixtures().row(1, "app", Stage.SYNCING, "id:S-77");

        assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON id:S-77, not launched as far as SMS shows");
        assertThat(obstacle(fixtures.acceptElsewhere("id:s-77"))).isEqualTo("go");
    }

    @Test
    void idOfThisInventoryRefersToItsRow() {
        var fixtures =
                new OrderFixtures().row(1, "app", Stage.SYNCING, "id:SOURCE-2").row(2, "db", Stage.SYNCING);

        assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON id:SOURCE-2, SYNCING");
    }

    @Test
    void waveIsLaunchedAfterPreviousWaveEnded() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-2.after", "wave-1")
                .row(1, "app", "wave-2", Stage.SYNCING)
                .row(2, "db", "wave-1", Stage.REPLICATING)
                .addEnded(3, "mq", "wave-1", Outcome.FAILED);

        assertThat(obstacle(fixtures)).isEqualTo("AFTER wave-1, 1 row open");
        assertThat(obstacle(fixtures.change(2, row -> row.end(Outcome.FAILED, "x", OrderFixtures.NOW))))
                .isEqualTo("go");
    }

    @Test
    void wavesWithoutAfterOrderStartsOnly() {
        var fixtures =
                new OrderFixtures().row(1, "app", "wave-2", Stage.SYNCING).row(2, "db", "wave-1", Stage.REPLICATING);

        assertThat(obstacle(fixtures)).isEqualTo("go");
    }

    @Test
    void windowIsReportedWithRemainingTime() {
        var fixtures = new OrderFixtures()
                .with("cutover.window.open", "2026-12-02T22:10:00Z")
                .with("cutover.window.close", "2026-12-03T04:00:00Z")
                .with("cutover.window.zone", "Asia/Singapore")
                .row(1, "app", Stage.SYNCING);

        assertThat(obstacle(fixtures)).isEqualTo("WINDOW opens 2026-12-03 06:10 +08:00 (in 2 h 10 min)");
        var found = LaunchDecider.of(fixtures.row(1), fixtures.snapshot(), OrderFixtures.NOW)
                .orElseThrow();
        assertThat(found.until()).isEqualTo("2026-12-02T22:10:00Z");
    }

    @Test
    void pausedRunLaunchesNothing() {
        var fixtures =
                new OrderFixtures().row(1, "app", Stage.SYNCING).pause(OrderFixtures.NOW.minusSeconds(60), "ana");

        assertThat(obstacle(fixtures)).isEqualTo("PAUSED by ana 2026-12-02 19:59 +00:00");
    }

    @Test
    void concurrentLaunchesAreLimited() {
        var fixtures = new OrderFixtures()
                .with("cutover.launches", "2")
                .row(1, "a", Stage.SYNCING)
                .row(2, "b", Stage.SYNCING)
                .row(3, "c", Stage.SYNCING)
                .row(4, "d", Stage.LAUNCHING);

        assertThat(launched(fixtures)).containsExactly(1);
        assertThat(obstacle(fixtures.row(5, "e", Stage.LAUNCHING))).isEqualTo("LAUNCHES 2 of 2");
        assertThat(launched(fixtures)).isEmpty();
    }

    @Test
    void failedOrRepeatedLaunchDoesNotCount() {
        var fixtures = new OrderFixtures()
                .with("cutover.launches", "1")
                .row(1, "a", Stage.SYNCING)
                .row(2, "b", Stage.LAUNCHING)
                .observed(2, "SYNC_FAIL", null)
                .change(2, row -> row.notBefore(OrderFixtures.NOW.plusSeconds(60), "restart 1 of 2"));

        assertThat(launched(fixtures)).containsExactly(1);

        var again = new OrderFixtures().with("cutover.launches", "1").row(1, "a", Stage.LAUNCHING);
        assertThat(obstacle(again)).isEqualTo("go");
    }

    @Test
    void restartedDependencyIsNeitherSyncedNorLaunched() {
        for (var level : List.of("@synced", "@launched")) {
            var fixtures = new OrderFixtures()
                    .row(1, "app", Stage.SYNCING, "db" + level)
                    .row(2, "db", Stage.LAUNCHING)
                    .observed(2, "SYNC_FAIL", null);

            assertThat(obstacle(fixtures)).isEqualTo("DEPENDS_ON db" + level + ", which failed and is started again");
        }
    }

    @Test
    void paceAppliesWithinOnePass() {
        var fixtures = new OrderFixtures()
                .with("cutover.pace", "30s")
                .row(1, "a", Stage.SYNCING)
                .row(2, "b", Stage.SYNCING);

        assertThat(launched(fixtures)).containsExactly(1);

        fixtures.row(3, "c", Stage.LAUNCHING).launchAgo(3, Duration.ofSeconds(29));
        assertThat(launched(fixtures)).isEmpty();
        assertThat(obstacle(fixtures)).isEqualTo("PACE next launch at 2026-12-02 20:00:01 +00:00");

        fixtures.launchAgo(3, Duration.ofSeconds(30));
        assertThat(launched(fixtures)).containsExactly(1);
    }

    @Test
    void distantLaunchTimeHasNoSeconds() {
        var fixtures = new OrderFixtures()
                .with("cutover.pace", "10m")
                .row(1, "a", Stage.SYNCING)
                .row(3, "c", Stage.LAUNCHING);

        assertThat(obstacle(fixtures.launchAgo(3, Duration.ofSeconds(480))))
                .isEqualTo("PACE next launch at 2026-12-02 20:02 +00:00");
        assertThat(obstacle(fixtures.launchAgo(3, Duration.ofSeconds(481))))
                .isEqualTo("PACE next launch at 2026-12-02 20:01:59 +00:00");
    }

    @Test
    void forcedLaunchKeepsLimitAndPace() {
        var fixtures = new OrderFixtures()
                .with("cutover.launches", "1")
                .row(1, "app", Stage.SYNCING, "db")
                .row(2, "db", Stage.REPLICATING)
                .row(3, "other", Stage.LAUNCHING)
                .forceLaunch(1);

        assertThat(obstacle(fixtures)).isEqualTo("LAUNCHES 1 of 1");
        fixtures.with("cutover.launches", "2").with("cutover.pace", "30s").launchAgo(3, Duration.ofSeconds(10));
        assertThat(obstacle(fixtures)).isEqualTo("PACE next launch at 2026-12-02 20:00:20 +00:00");
    }

    @Test
    void forcedLaunchIgnoresOrderButNotWindow() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-2.after", "wave-1")
                .row(1, "app", "wave-2", Stage.SYNCING, "db")
                .row(2, "db", "wave-1", Stage.SYNCING)
                .forceLaunch(1);

        assertThat(obstacle(fixtures)).isEqualTo("go");
        assertThat(obstacle(fixtures.with("cutover.window.open", "2026-12-02T22:00:00Z")
                        .with("cutover.window.close", "2026-12-03T04:00:00Z")))
                .startsWith("WINDOW");
    }

    @Test
    void dependentsAreLaunchedAfterTheirDependencies() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "db")
                .row(2, "db", Stage.SYNCING)
                .row(3, "mq", Stage.SYNCING);

        assertThat(launched(fixtures)).containsExactly(2, 3);
    }

    private static String obstacle(OrderFixtures fixtures) {
        return LaunchDecider.of(fixtures.row(1), fixtures.snapshot(), OrderFixtures.NOW)
                .map(Obstacle::line)
                .orElse("go");
    }

    private static List<Integer> launched(OrderFixtures fixtures) {
        return LaunchDecider.next(fixtures.at(Stage.SYNCING), fixtures.snapshot(), OrderFixtures.NOW).stream()
                .map(LedgerRow::row)
                .toList();
    }

    @Test
    void sixtyServersInSyncAreLaunchedInTens() {
        var fixtures = new OrderFixtures().with("cutover.launches", "10");
        for (int number = 1; number <= 60; number++) {
            fixtures.row(number, "s" + number, Stage.SYNCING);
        }
        int launched = 0;
        for (int pass = 0; pass < 60; pass++) {
            var next = LaunchDecider.next(fixtures.at(Stage.SYNCING), fixtures.snapshot(), OrderFixtures.NOW);
            next.forEach(row -> fixtures.change(row.row(), same -> same.withStage(Stage.LAUNCHING, OrderFixtures.NOW)));
            launched += next.size();
            assertThat(fixtures.at(Stage.LAUNCHING)).hasSizeBetween(1, 10);
            int ending = 1 + pass % 4; // number of launches that end before the next pass
            fixtures.at(Stage.LAUNCHING).stream()
                    .limit(ending)
                    .forEach(row ->
                            fixtures.change(row.row(), same -> same.end(Outcome.MIGRATED, null, OrderFixtures.NOW)));
            if (launched == 60) {
                return;
            }
        }
        assertThat(launched).isEqualTo(60);
    }
}
