package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the order of the cutover writes down, beside whom it lets go. */
class CutoverOrderTests {

    private static final LedgerRow DB = RowFixtures.row(2, "wave-1", 1, Stage.REPLICATING);
    private static final Duration PATIENCE = Duration.ofHours(4);
    private static final Decision MIGRATED = new Decision.Close(Outcome.MIGRATED, null, null);
    private static final String WORDS = "launched before its dependency server-2, REPLICATING, not by this run";
    private static final Predicate<String> NONE = id -> false;

    @Test
    void aServerThatAPersonLaunchedBeforeItsDependencyIsAdoptedAndTold() {
        assertThat(attention(app(Stage.SYNCING), board(app(Stage.SYNCING), DB)))
                .isEqualTo("launched before its dependency server-2, REPLICATING, not by this run");
    }

    @Test
    void itIsToldOnceAndStandsInTheReasonOfItsEnd() {
        var told = app(Stage.LAUNCHING).withAttention(WORDS);
        var order = order(board(told, DB));

        assertThat(order.explained(told, launching(null), NONE, NOW)).isEqualTo(launching(WORDS));
        assertThat(order.explained(told, MIGRATED, NONE, NOW)).isEqualTo(ended(WORDS, WORDS));
    }

    @Test
    void whatIsToldOfALaunchStandsBesideAnyOtherAttention() {
        var board = board(app(Stage.SYNCING), DB);
        var words = "the agent is disconnected; waiting for it; " + WORDS;
        var told = app(Stage.LAUNCHING).withAttention(words);

        assertThat(order(board)
                        .explained(
                                app(Stage.SYNCING), launching("the agent is disconnected; waiting for it"), NONE, NOW))
                .isEqualTo(launching(words));
        assertThat(order(board).explained(told, launching("stalled: x"), NONE, NOW))
                .isEqualTo(launching("stalled: x; " + WORDS));
        assertThat(order(board).explained(told, ended("form"), NONE, NOW)).isEqualTo(ended("form; " + WORDS, WORDS));
    }

    @Test
    void aLaunchBeforeTheEndOfAWaveIsToldToo() {
        var web = RowFixtures.row(1, "wave-2", 1, Stage.SYNCING);
        var order = order(board(web, DB), Map.of("waves.wave-2.after", "wave-1"));

        assertThat(order.explained(web, launching(null), NONE, NOW))
                .isEqualTo(launching("launched before the end of wave-1, 1 row open, not by this run"));
    }

    @Test
    void aLaunchBySmsItselfIsToldAsSuchOnlyOfATaskThatWasThereBefore() {
        var app = app(Stage.REPLICATING).withAttempt();
        var board = board(app, DB);
        var text = "launched before its dependency server-2, REPLICATING: SMS launched it by itself at the end of the"
                + " copy, since its task was created without continuous sync";

        assertThat(attention(app, board)).isEqualTo(text);
        assertThat(order(board).explained(app, MIGRATED, NONE, NOW)).isEqualTo(ended(text, text));
        assertThat(attention(app.reached(Stage.SYNCING, NOW.minusSeconds(60)), board))
                .isEqualTo(WORDS);
        assertThat(new CutoverOrder(CutoverPlan.recorded(Map.of()), PATIENCE, board, row -> true)
                        .explained(app, launching(null), NONE, NOW))
                .as("created by this run, with continuous sync")
                .isEqualTo(launching(WORDS));
        assertThat(order(board, Map.of("cutover.when", "auto")).explained(app, launching(null), NONE, NOW))
                .as("its start was held until its turn had come")
                .isEqualTo(launching(null));
    }

    @Test
    void theEndOfAForcedLaunchTellsWhoForcedItAndWhatItOverrode() {
        var words = "launched by force by ana: its dependency server-2 had FAILED";
        var wishes = new ActiveControls(null, "", Set.of(1), Map.of(1, "ana"), Map.of(1, words), Set.of(), null);
        var ours = app(Stage.LAUNCHING).withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var order = order(new RowCache(List.of(ours, DB), wishes));
        var failure = RowFixtures.failure("it failed");

        assertThat(order.explained(ours, MIGRATED, NONE, NOW)).isEqualTo(ended(words));
        assertThat(order.explained(ours, new Decision.Close(Outcome.FAILED, "it failed", failure), NONE, NOW))
                .isEqualTo(new Decision.Close(Outcome.FAILED, "it failed; " + words, failure));
        assertThat(order.explained(app(Stage.SYNCING), MIGRATED, NONE, NOW))
                .as("launched in the console")
                .isEqualTo(MIGRATED);
    }

    @Test
    void aServerThatEndedBetweenTwoLooksTellsItInItsReason() {
        var app = app(Stage.SYNCING);
        var order = order(board(app, DB));

        assertThat(order.explained(app, MIGRATED, NONE, NOW)).isEqualTo(ended(WORDS, WORDS));
        var ours = app.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        assertThat(order.explained(ours, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
    }

    @Test
    void whatThisRunLaunchedOrWhatIsInOrderIsNotTold() {
        var ours = app(Stage.SYNCING).withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var accepted = DB.closed(Outcome.MIGRATED, null, NOW);

        assertThat(attention(ours, board(ours, DB))).isNull();
        assertThat(attention(app(Stage.SYNCING), board(app(Stage.SYNCING), accepted)))
                .isNull();
    }

    @Test
    void aLaunchIsJudgedByWhatItsOwnLookShowedOfTheOthers() {
        var app = app(Stage.REPLICATING).withAttempt();
        var board = board(app, DB.reached(Stage.SYNCING, NOW));
        var order = order(board);
        order.look();
        board.put(DB.closed(Outcome.MIGRATED, null, NOW));

        assertThat(order.explained(app, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
        assertThat(order.explained(app, launching(null), NONE, NOW)).isEqualTo(launching(null));
    }

    @Test
    void aServerOutsideTheRunThatTheSameLookShowsAsLaunchedCounts() {
        var app = RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), "id:S-77");
        var order = order(board(app));

        assertThat(order.explained(app, launching(null), "s-77"::equals, NOW)).isEqualTo(launching(null));
        assertThat(order.explained(app, launching(null), NONE, NOW))
                .isEqualTo(launching(
                        "launched before its dependency id:S-77, not launched as far as SMS shows, not by this run"));
    }

    @Test
    void aReopenedServerIsJudgedAgain() {
        var closed = app(Stage.SYNCING).closed(Outcome.NOT_LAUNCHED, "depends on server-2, which FAILED", NOW);
        var order = order(board(closed, DB));

        assertThat(order.explained(closed.reopened(Stage.SYNCING, NOW), launching(null), NONE, NOW))
                .isEqualTo(launching(WORDS));
    }

    @Test
    void aLaunchThatAnEarlierProcessSawIsNotJudgedByTheOrderOfNow() {
        var web = RowFixtures.row(1, "wave-2", 1, Stage.LAUNCHING);
        var added = RowFixtures.row(3, "wave-1", 1, Stage.PLANNED);
        var resumed = order(board(web, added), Map.of("waves.wave-2.after", "wave-1"));

        assertThat(resumed.explained(web, launching(null), NONE, NOW)).isEqualTo(launching(null));
        assertThat(resumed.explained(web, MIGRATED, NONE, NOW)).isEqualTo(MIGRATED);
    }

    @Test
    void whatHeldAForcedLaunchIsToldAsItIsWhenTheLaunchIsSent() {
        var app = app(Stage.SYNCING);
        var words = "launched by force by ana: its dependency server-2 was REPLICATING";
        var wishes = new ActiveControls(null, "", Set.of(1), Map.of(1, "ana"), Map.of(1, words), Set.of(), null);
        var board = new RowCache(List.of(app, DB), wishes);
        var override = new LaunchOverride(board, CutoverPlan.recorded(Map.of()), RowFixtures.policy());
        assertThat(override.of(app, "ana")).hasValue(words);
        assertThat(override.changed(List.of(app))).isEmpty();

        board.put(DB.closed(Outcome.FAILED, "x", NOW));
        var failed = override.changed(List.of(app));
        board.put(DB.closed(Outcome.MIGRATED, null, NOW));
        var accepted = override.changed(List.of(app));

        assertThat(failed)
                .singleElement()
                .satisfies(entry -> assertThat(entry.events())
                        .extracting("detail")
                        .containsExactly("launched by force by ana: its dependency server-2 had FAILED"));
        assertThat(accepted)
                .singleElement()
                .satisfies(
                        entry -> assertThat(entry.events()).extracting("after").containsExactly("NONE"));
        assertThat(board.steering().overridden()).isEmpty();
        assertThat(override.changed(List.of(app))).isEmpty();
    }

    @Test
    void aServerOutsideTheRunIsWrittenDownOnceWhenItIsLaunched() {
        var app = RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), "id:S-77", "server-2");
        var board = board(app, DB);
        var order = order(board, Map.of());
        assertThat(order.awaitedElsewhere()).containsExactly("s-77");

        var entries = order.acceptedElsewhere("s-77"::equals);

        assertThat(entries).singleElement().satisfies(entry -> {
            assertThat(entry.events()).extracting("kind").containsExactly(EventKind.DEPENDENCY);
            assertThat(entry.events()).extracting("before").containsExactly("id:s-77");
        });
        assertThat(order.awaitedElsewhere()).isEmpty();
        assertThat(order.acceptedElsewhere("s-77"::equals)).isEmpty();
    }

    @Test
    void aMissedWindowTellsWhatHeldTheServerUntilThen() {
        var app = app(Stage.SYNCING);
        var order = order(board(app, DB), Map.of());
        var missed = new Decision.Close(
                Outcome.NOT_LAUNCHED, "not launched", new Failure(null, "not launched", "OPERATOR", "Rerun.", null));

        assertThat(((Decision.Close) order.explained(app, missed, NONE, NOW)).reason())
                .isEqualTo("not launched; until then it waited because its dependency server-2 was REPLICATING");
    }

    @Test
    void theNextLookComesWhenThePaceAllowsTheNextLaunch() {
        var launched = RowFixtures.row(3, "wave-1", 1, Stage.LAUNCHING)
                .withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 3, NOW.minusSeconds(10)));
        var board = board(RowFixtures.row(1, "wave-1", 1, Stage.SYNCING), launched);

        assertThat(order(board, Map.of("cutover.pace", "25s")).nextDue(NOW)).hasValue(NOW.plusSeconds(15));
        assertThat(order(board, Map.of()).nextDue(NOW)).isEmpty();
    }

    @Test
    void whatHoldsALaunchThatAPersonAsksForIsNamed() {
        var app = app(Stage.SYNCING);
        var board = board(app, DB, RowFixtures.row(3, "wave-1", 1, Stage.LAUNCHING));

        assertThat(order(board, Map.of("cutover.launches", "1")).limit(app, NOW))
                .hasValue("LAUNCHES 1 of 1");
        assertThat(order(board, Map.of()).limit(app, NOW)).isEmpty();
    }

    @Test
    void whatCannotBeLaunchedAnyMoreEndsWithWhatToDo() {
        var order = order(board(app(Stage.SYNCING), DB.closed(Outcome.FAILED, "x", NOW)), Map.of());

        assertThat(order.notLaunched(0, NOW))
                .singleElement()
                .extracting(LedgerWrite::row)
                .satisfies(row -> {
                    assertThat(row.outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
                    assertThat(row.reason()).isEqualTo("depends on server-2, which FAILED");
                    assertThat(row.failure().recommendedAction()).startsWith("Correct what it depends on, then rerun.");
                });
    }

    private static LedgerRow app(Stage stage) {
        return RowFixtures.dependingOn(RowFixtures.row(1, "wave-1", 1, stage), "server-2");
    }

    private static RowCache board(LedgerRow... rows) {
        return new RowCache(List.of(rows), ActiveControls.NONE);
    }

    /** What is told of the row when a look shows its launch. */
    private static @Nullable String attention(LedgerRow row, RowCache board) {
        return ((Decision.Look) order(board).explained(row, launching(null), NONE, NOW)).attention();
    }

    private static Decision launching(@Nullable String attention) {
        return new Decision.Look(Stage.LAUNCHING, attention);
    }

    private static Decision ended(String reason) {
        return ended(reason, null);
    }

    private static Decision ended(String reason, @Nullable String attention) {
        return new Decision.Close(Outcome.MIGRATED, reason, null, attention);
    }

    @Test
    void aLaunchBySmsOutsideTheWindowIsToldAndStaysForAPersonsEyes() {
        var copying = RowFixtures.row(Stage.REPLICATING).withAttempt();
        var words = "launched before the window opened at 2026-11-21 22:01 +00:00, seen at 2026-11-21 22:00 +00:00"
                + ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync";

        assertThat(told(copying, window(NOW.plusSeconds(60)))).isEqualTo(words);
        assertThat(told(copying, window(NOW))).isNull();
        assertThat(told(copying, window(NOW.minusSeconds(3600))))
                .startsWith("launched after the window closed at 2026-11-21 22:00 +00:00");
        assertThat(order(board(copying), window(NOW.plusSeconds(60))).explained(copying, MIGRATED, NONE, NOW))
                .as("began and ended between two looks")
                .isEqualTo(ended(words, words));
    }

    @Test
    void aLaunchBySmsThatWasLeftToAPersonIsTold() {
        var manual = Map.of("cutover.when", "manual");
        var copying = RowFixtures.row(Stage.REPLICATING);

        assertThat(told(copying.withAttempt(), manual))
                .startsWith(
                        "launched although the launch was left to a person (cutover.when: manual): SMS launched it");
        assertThat(told(copying, manual)).as("started by somebody else").isNotNull();
        assertThat(told(RowFixtures.row(Stage.TASK_READY), manual))
                .as("a person had launched it before this run saw it")
                .isNull();
        assertThat(new CutoverOrder(CutoverPlan.recorded(manual), null, board(copying), row -> true)
                        .explained(copying, launching(null), NONE, NOW))
                .as("this run created its task, which is kept in sync: a person launched it")
                .isEqualTo(launching(null));
    }

    private static Map<String, String> window(Instant open) {
        return Map.of(
                "cutover.window.open", open.toString(),
                "cutover.window.close", open.plusSeconds(3600).toString(),
                "cutover.window.zone", "UTC");
    }

    private static @Nullable String told(LedgerRow row, Map<String, String> settings) {
        return ((Decision.Look) order(board(row), settings).explained(row, launching(null), NONE, NOW)).attention();
    }

    private static CutoverOrder order(RowCache board) {
        return order(board, Map.of());
    }

    private static CutoverOrder order(RowCache board, Map<String, String> settings) {
        return new CutoverOrder(CutoverPlan.recorded(settings), PATIENCE, board, row -> false);
    }
}
