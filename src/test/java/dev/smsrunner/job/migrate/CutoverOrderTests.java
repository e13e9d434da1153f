package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.GateRecords;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.RowCache;
import dev.smsrunner.reconcile.RowFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events and attentions of the cutover order. */
class CutoverOrderTests {

    private static final LedgerRow DB = RowFixtures.row(2, "wave-1", 1, Stage.REPLICATING);
    private static final Duration PATIENCE = Duration.ofHours(4);
    private static final Decision MIGRATED = new Decision.Finish(Outcome.MIGRATED, null, null);
    private static final String WORDS = "launched before its dependency server-2, REPLICATING, not by this run";
    private static final Predicate<String> NONE = id -> false;

    @Test
    void launchBeforeDependencyIsAdoptedAndReported() {
        assertThat(attention(app(Stage.SYNCING), rowCache(app(Stage.SYNCING), DB)))
                .isEqualTo("launched before its dependency server-2, REPLICATING, not by this run");
    }

    @Test
    void violationIsReportedOnceAndInTheEndReason() {
        var report = app(Stage.LAUNCHING).withAttention(WORDS);
        var order = order(rowCache(report, DB));

        assertThat(order.explain(report, launching(null), NONE, NOW)).isEqualTo(launching(WORDS));
        assertThat(order.explain(report, MIGRATED, NONE, NOW)).isEqualTo(ended(WORDS, WORDS));
    }

    @Test
    void violationIsKeptBesideOtherAttention() {
        var rowCache = rowCache(app(Stage.SYNCING), DB);
        var text = "the agent is disconnected; waiting for it; " + WORDS;
        var report = app(Stage.LAUNCHING).withAttention(text);

        assertThat(order(rowCache)
                        .explain(app(Stage.SYNCING), launching("the agent is disconnected; waiting for it"), NONE, NOW))
                .isEqualTo(launching(text));
        assertThat(order(rowCache).explain(report, launching("stalled: x"), NONE, NOW))
                .isEqualTo(launching("stalled: x; " + WORDS));
        assertThat(order(rowCache).explain(report, ended("form"), NONE, NOW)).isEqualTo(ended("form; " + WORDS, WORDS));
    }

    @Test
    void launchBeforeEndOfWaveIsReported() {
        var web = RowFixtures.row(1, "wave-2", 1, Stage.SYNCING);
        var order = order(rowCache(web, DB), Map.of("waves.wave-2.after", "wave-1"));

        assertThat(order.explain(web, launching(null), NONE, NOW))
                .isEqualTo(launching("launched before the end of wave-1, 1 row open, not by this run"));
    }

    @Test
    void launchBySmsIsReportedOnlyForForeignTask() {
        var app = app(Stage.REPLICATING).withAttempt();
        var rowCache = rowCache(app, DB);
        var text = "launched before its dependency server-2, REPLICATING: SMS launched it by itself at the end of the"
                + " copy, since its task was created without continuous sync";

        assertThat(attention(app, rowCache)).isEqualTo(text);
        assertThat(order(rowCache).explain(app, MIGRATED, NONE, NOW)).isEqualTo(ended(text, text));
        assertThat(attention(app.withStage(Stage.SYNCING, NOW.minusSeconds(60)), rowCache))
                .isEqualTo(WORDS);
        assertThat(new CutoverOrder(CutoverPlan.fromSettings(Map.of()), PATIENCE, rowCache, row -> true)
                        .explain(app, launching(null), NONE, NOW))
                .as("created by this run, with continuous sync")
                .isEqualTo(launching(WORDS));
        assertThat(order(rowCache, Map.of("cutover.when", "auto")).explain(app, launching(null), NONE, NOW))
                .as("its start was held until its turn had come")
                .isEqualTo(launching(null));
    }

    @Test
    void endOfForcedLaunchNamesOperatorAndObstacle() {
        var text = "launched by force by ana: its dependency server-2 had FAILED";
        var pending = new ActiveControls(
                null, "", Set.of(1), Map.of(1, "ana"), Map.of(1, text), Set.of(), null, GateRecords.NONE);
        var ours = app(Stage.LAUNCHING).withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var order = order(new RowCache(List.of(ours, DB), pending));
        var failure = RowFixtures.failure("it failed");

        assertThat(order.explain(ours, MIGRATED, NONE, NOW)).isEqualTo(ended(text));
        assertThat(order.explain(ours, new Decision.Finish(Outcome.FAILED, "it failed", failure), NONE, NOW))
                .isEqualTo(new Decision.Finish(Outcome.FAILED, "it failed; " + text, failure));
        assertThat(order.explain(app(Stage.SYNCING), MIGRATED, NONE, NOW))
                .as("launched in the console")
                .isEqualTo(MIGRATED);
    }

    @Test
    void launchBetweenObservationsIsInTheEndReason() {
        var app = app(Stage.SYNCING);
        var order = order(rowCache(app, DB));

        assertThat(order.explain(app, MIGRATED, NONE, NOW)).isEqualTo(ended(WORDS, WORDS));
        var ours = app.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        assertThat(order.explain(ours, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
    }

    @Test
    void ownOrOrderlyLaunchIsNotReported() {
        var ours = app(Stage.SYNCING).withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var accepted = DB.end(Outcome.MIGRATED, null, NOW);

        assertThat(attention(ours, rowCache(ours, DB))).isNull();
        assertThat(attention(app(Stage.SYNCING), rowCache(app(Stage.SYNCING), accepted)))
                .isNull();
    }

    @Test
    void launchIsJudgedByItsOwnObservation() {
        var app = app(Stage.REPLICATING).withAttempt();
        var rowCache = rowCache(app, DB.withStage(Stage.SYNCING, NOW));
        var order = order(rowCache);
        order.startObservation();
        rowCache.put(DB.end(Outcome.MIGRATED, null, NOW));

        assertThat(order.explain(app, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
        assertThat(order.explain(app, launching(null), NONE, NOW)).isEqualTo(launching(null));
    }

    @Test
    void serverOutsideLaunchedInSameObservationCounts() {
        var app = RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), "id:S-77");
        var order = order(rowCache(app));

        assertThat(order.explain(app, launching(null), "s-77"::equals, NOW)).isEqualTo(launching(null));
        assertThat(order.explain(app, launching(null), NONE, NOW))
                .isEqualTo(launching(
                        "launched before its dependency id:S-77, not launched as far as SMS shows, not by this run"));
    }

    @Test
    void reopenedServerIsJudgedAgain() {
        var closed = app(Stage.SYNCING).end(Outcome.NOT_LAUNCHED, "depends on server-2, which FAILED", NOW);
        var order = order(rowCache(closed, DB));

        assertThat(order.explain(closed.reopen(Stage.SYNCING, NOW), launching(null), NONE, NOW))
                .isEqualTo(launching(WORDS));
    }

    @Test
    void launchSeenByEarlierProcessIsNotJudgedAgain() {
        var web = RowFixtures.row(1, "wave-2", 1, Stage.LAUNCHING);
        var added = RowFixtures.row(3, "wave-1", 1, Stage.PLANNED);
        var resumed = order(rowCache(web, added), Map.of("waves.wave-2.after", "wave-1"));

        assertThat(resumed.explain(web, launching(null), NONE, NOW)).isEqualTo(launching(null));
        assertThat(resumed.explain(web, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
    }

    @Test
    void forcedLaunchReportsObstaclesAtSendTime() {
        var app = app(Stage.SYNCING);
        var text = "launched by force by ana: its dependency server-2 was REPLICATING";
        var pending = new ActiveControls(
                null, "", Set.of(1), Map.of(1, "ana"), Map.of(1, text), Set.of(), null, GateRecords.NONE);
        var rowCache = new RowCache(List.of(app, DB), pending);
        var override = new LaunchOverride(rowCache, CutoverPlan.fromSettings(Map.of()), RowFixtures.policy());
        assertThat(override.of(app, "ana")).hasValue(text);
        assertThat(override.changes(List.of(app))).isEmpty();

        rowCache.put(DB.end(Outcome.FAILED, "x", NOW));
        var failed = override.changes(List.of(app));
        rowCache.put(DB.end(Outcome.MIGRATED, null, NOW));
        var accepted = override.changes(List.of(app));

        assertThat(failed)
                .singleElement()
                .satisfies(write -> assertThat(write.events())
                        .extracting("detail")
                        .containsExactly("launched by force by ana: its dependency server-2 had FAILED"));
        assertThat(accepted)
                .singleElement()
                .satisfies(
                        write -> assertThat(write.events()).extracting("after").containsExactly("NONE"));
        assertThat(rowCache.controls().overridden()).isEmpty();
        assertThat(override.changes(List.of(app))).isEmpty();
    }

    @Test
    void launchedServerOutsideIsRecordedOnce() {
        var app = RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), "id:S-77", "server-2");
        var rowCache = rowCache(app, DB);
        var order = order(rowCache, Map.of());
        assertThat(order.awaitedElsewhere()).containsExactly("s-77");

        var writes = order.acceptLaunchedElsewhere("s-77"::equals);

        assertThat(writes).singleElement().satisfies(write -> {
            assertThat(write.events()).extracting("kind").containsExactly(EventKind.DEPENDENCY);
            assertThat(write.events()).extracting("before").containsExactly("id:s-77");
        });
        assertThat(order.awaitedElsewhere()).isEmpty();
        assertThat(order.acceptLaunchedElsewhere("s-77"::equals)).isEmpty();
    }

    @Test
    void missedWindowNamesEarlierObstacle() {
        var app = app(Stage.SYNCING);
        var order = order(rowCache(app, DB), Map.of());
        var missed = new Decision.Finish(
                Outcome.NOT_LAUNCHED, "not launched", new Failure(null, "not launched", "OPERATOR", "Rerun.", null));

        assertThat(((Decision.Finish) order.explain(app, missed, NONE, NOW)).reason())
                .isEqualTo("not launched; until then it waited because its dependency server-2 was REPLICATING");
    }

    @Test
    void nextDueIsWhenPaceAllowsNextLaunch() {
        var launched = RowFixtures.row(3, "wave-1", 1, Stage.LAUNCHING)
                .withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW.minusSeconds(10)));
        var rowCache = rowCache(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), launched);

        assertThat(order(rowCache, Map.of("cutover.pace", "25s")).nextDue(NOW)).hasValue(NOW.plusSeconds(15));
        assertThat(order(rowCache, Map.of()).nextDue(NOW)).isEmpty();
    }

    @Test
    void requestedLaunchNamesItsObstacle() {
        var app = app(Stage.SYNCING);
        var rowCache = rowCache(app, DB, RowFixtures.row(3, "wave-1", 1, Stage.LAUNCHING));

        assertThat(order(rowCache, Map.of("cutover.launches", "1")).launchLimit(app, NOW))
                .hasValue("LAUNCHES 1 of 1");
        assertThat(order(rowCache, Map.of()).launchLimit(app, NOW)).isEmpty();
    }

    @Test
    void unlaunchableRowEndsWithRemedy() {
        var order = order(rowCache(app(Stage.SYNCING), DB.end(Outcome.FAILED, "x", NOW)), Map.of());

        assertThat(order.finishUnlaunchable(0, NOW))
                .singleElement()
                .extracting(LedgerWrite::row)
                .satisfies(row -> {
                    assertThat(row.outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
                    assertThat(row.reason()).isEqualTo("depends on server-2, which FAILED");
                    assertThat(row.failure().recommendedAction()).startsWith("Correct its dependencies, then rerun.");
                });
    }

    private static LedgerRow app(Stage stage) {
        return RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, stage), "server-2");
    }

    private static RowCache rowCache(LedgerRow... rows) {
        return new RowCache(List.of(rows), ActiveControls.NONE);
    }

    /** Report for the row when an observation shows its launch. */
    private static @Nullable String attention(LedgerRow row, RowCache rowCache) {
        return ((Decision.Wait) order(rowCache).explain(row, launching(null), NONE, NOW)).attention();
    }

    private static Decision launching(@Nullable String attention) {
        return new Decision.Wait(Stage.LAUNCHING, attention);
    }

    private static Decision ended(String reason) {
        return ended(reason, null);
    }

    private static Decision ended(String reason, @Nullable String attention) {
        return new Decision.Finish(Outcome.MIGRATED, reason, null, attention);
    }

    @Test
    void launchBySmsOutsideWindowKeepsAttention() {
        var copying = RowFixtures.row(Stage.REPLICATING).withAttempt();
        var text = "launched before the window opened at 2026-11-21 22:01 +00:00, observed at 2026-11-21 22:00 +00:00"
                + ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync";

        assertThat(launchReport(copying, window(NOW.plusSeconds(60)))).isEqualTo(text);
        assertThat(launchReport(copying, window(NOW))).isNull();
        assertThat(launchReport(copying, window(NOW.minusSeconds(3600))))
                .startsWith("launched after the window closed at 2026-11-21 22:00 +00:00");
        assertThat(order(rowCache(copying), window(NOW.plusSeconds(60))).explain(copying, MIGRATED, NONE, NOW))
                .as("started and ended between two observations")
                .isEqualTo(ended(text, text));
    }

    @Test
    void launchBySmsWithManualCutoverIsReported() {
        var manual = Map.of("cutover.when", "manual");
        var copying = RowFixtures.row(Stage.REPLICATING);

        assertThat(launchReport(copying.withAttempt(), manual))
                .startsWith(
                        "launched although launches are left to the operator (cutover.when: manual): SMS launched it");
        assertThat(launchReport(copying, manual)).as("started by another user").isNotNull();
        assertThat(launchReport(RowFixtures.row(Stage.TASK_READY), manual))
                .as("launched by an operator before the first observation")
                .isNull();
        assertThat(new CutoverOrder(CutoverPlan.fromSettings(manual), null, rowCache(copying), row -> true)
                        .explain(copying, launching(null), NONE, NOW))
                .as("created by this run and kept in sync: launched by an operator")
                .isEqualTo(launching(null));
    }

    private static Map<String, String> window(Instant open) {
        return Map.of(
                "cutover.window.open", open.toString(),
                "cutover.window.close", open.plusSeconds(3600).toString(),
                "cutover.window.zone", "UTC");
    }

    private static @Nullable String launchReport(LedgerRow row, Map<String, String> settings) {
        return ((Decision.Wait) order(rowCache(row), settings).explain(row, launching(null), NONE, NOW)).attention();
    }

    private static CutoverOrder order(RowCache rowCache) {
        return order(rowCache, Map.of());
    }

    private static CutoverOrder order(RowCache rowCache, Map<String, String> settings) {
        return new CutoverOrder(CutoverPlan.fromSettings(settings), PATIENCE, rowCache, row -> false);
    }
}
