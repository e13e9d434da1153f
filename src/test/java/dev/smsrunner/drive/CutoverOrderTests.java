package dev.smsrunner.drive;

import static dev.smsrunner.drive.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.Steering;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the order of the cutover writes down, beside whom it lets go. */
class CutoverOrderTests {

    private static final Migration DB = Given.row(2, "wave-1", 1, Stage.REPLICATING);

    @Test
    void aServerThatAPersonLaunchedBeforeItsDependencyIsAdoptedAndTold() {
        var board = board(app(Stage.LAUNCHING), DB);

        var entry = order(board, Map.of()).launchedOutOfOrder();

        assertThat(entry).singleElement().satisfies(each -> {
            assertThat(each.row().attention())
                    .isEqualTo("launched before its dependency server-2, REPLICATING, not by this run");
            assertThat(each.events()).extracting("kind").containsExactly(EventKind.ATTENTION);
        });
    }

    @Test
    void itIsToldOnceAndStandsInTheReasonOfItsEnd() {
        var board = board(app(Stage.LAUNCHING), DB);
        var order = order(board, Map.of());
        var told = order.launchedOutOfOrder().get(0).row();
        board.put(told);

        assertThat(order.launchedOutOfOrder()).isEmpty();
        assertThat(order.explained(told, new Decision.Close(Outcome.MIGRATED, null, null)))
                .isEqualTo(new Decision.Close(Outcome.MIGRATED, told.attention(), null));
        assertThat(order.explained(told, new Decision.Look(Stage.LAUNCHING, null)))
                .isEqualTo(new Decision.Look(Stage.LAUNCHING, told.attention()));
    }

    @Test
    void whatIsToldOfALaunchStandsBesideAnyOtherAttention() {
        var app = app(Stage.LAUNCHING).withAttention("the agent is disconnected; waiting for it");
        var board = board(app, DB);
        var told = order(board, Map.of()).launchedOutOfOrder().get(0).row();
        board.put(told);
        var afterRestart = order(board, Map.of());

        assertThat(told.attention())
                .isEqualTo("the agent is disconnected; waiting for it; "
                        + "launched before its dependency server-2, REPLICATING, not by this run");
        assertThat(afterRestart.launchedOutOfOrder()).isEmpty();
        assertThat(((Decision.Look) afterRestart.explained(told, new Decision.Look(Stage.LAUNCHING, "stalled: x")))
                        .attention())
                .isEqualTo("stalled: x; launched before its dependency server-2, REPLICATING, not by this run");
        assertThat(((Decision.Close) afterRestart.explained(told, new Decision.Close(Outcome.MIGRATED, "form", null)))
                        .reason())
                .isEqualTo("form; launched before its dependency server-2, REPLICATING, not by this run");
    }

    @Test
    void aLaunchBeforeTheEndOfAWaveIsToldToo() {
        var web = Given.row(1, "wave-2", 1, Stage.LAUNCHING);

        assertThat(order(board(web, DB), Map.of("waves.wave-2.after", "wave-1")).launchedOutOfOrder())
                .extracting(entry -> entry.row().attention())
                .containsExactly("launched before the end of wave-1, 1 row open, not by this run");
    }

    @Test
    void aLaunchBySmsItselfIsToldAsSuch() {
        var app = app(Stage.REPLICATING).withAttempt();
        var text = "launched before its dependency server-2, REPLICATING: SMS launched it by itself at the end of the"
                + " copy, since its task was created without continuous sync";
        var launched = app.reached(Stage.LAUNCHING, NOW);
        var synced = app.reached(Stage.SYNCING, NOW.minusSeconds(60)).reached(Stage.LAUNCHING, NOW);

        assertThat(attention(launched)).isEqualTo(text);
        assertThat(attention(synced)).endsWith("not by this run");
        assertThat(((Decision.Close) order(board(app, DB), Map.of())
                                .explained(app, new Decision.Close(Outcome.MIGRATED, null, null)))
                        .reason())
                .isEqualTo(text);
        assertThat(order(board(launched, DB), Map.of("cutover.when", "auto")).launchedOutOfOrder())
                .as("its start was held until its turn had come")
                .isEmpty();
    }

    private static String attention(Migration app) {
        return order(board(app, DB), Map.of()).launchedOutOfOrder().get(0).row().attention();
    }

    @Test
    void theEndOfAForcedLaunchTellsWhoForcedItAndWhatItOverrode() {
        var words = "launched by force by ana: waited for DEPENDS_ON server-2, which FAILED";
        var wishes = new Steering(null, "", Set.of(1), Set.of(1), Map.of(1, words), Set.of(), null);
        var ours = app(Stage.LAUNCHING).withCall(new Call(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var order = order(new Board(List.of(ours, DB), wishes), Map.of());
        var failure = Given.failure("it failed");

        assertThat(order.explained(ours, new Decision.Close(Outcome.MIGRATED, null, null)))
                .isEqualTo(new Decision.Close(Outcome.MIGRATED, words, null));
        assertThat(order.explained(ours, new Decision.Close(Outcome.FAILED, "it failed", failure)))
                .isEqualTo(new Decision.Close(Outcome.FAILED, "it failed; " + words, failure));
        assertThat(order.explained(app(Stage.SYNCING), new Decision.Close(Outcome.MIGRATED, null, null)))
                .as("launched in the console")
                .isEqualTo(new Decision.Close(Outcome.MIGRATED, null, null));
    }

    @Test
    void aServerThatEndedBetweenTwoLooksTellsItInItsReason() {
        var app = app(Stage.SYNCING);
        var order = order(board(app, DB), Map.of());

        assertThat(((Decision.Close) order.explained(app, new Decision.Close(Outcome.MIGRATED, null, null))).reason())
                .isEqualTo("launched before its dependency server-2, REPLICATING, not by this run");
        var ours = app.withCall(new Call(Operation.LAUNCH, CallState.DONE, 3, NOW));
        assertThat(((Decision.Close) order.explained(ours, new Decision.Close(Outcome.MIGRATED, null, null))).reason())
                .isNull();
    }

    @Test
    void whatThisRunLaunchedOrWhatIsInOrderIsNotTold() {
        var ours = app(Stage.LAUNCHING).withCall(new Call(Operation.LAUNCH, CallState.DONE, 3, NOW));
        var accepted = DB.closed(Outcome.MIGRATED, null, NOW);

        assertThat(order(board(ours, DB), Map.of()).launchedOutOfOrder()).isEmpty();
        assertThat(order(board(app(Stage.LAUNCHING), accepted), Map.of()).launchedOutOfOrder())
                .isEmpty();
    }

    @Test
    void aServerOutsideTheRunIsWrittenDownOnceWhenItIsLaunched() {
        var app = Given.dependingOn(Given.row(1, "wave-1", 1, Stage.SYNCING), "id:S-77", "server-2");
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

        assertThat(((Decision.Close) order.explained(app, missed)).reason())
                .isEqualTo("not launched; until then it waited: DEPENDS_ON server-2, REPLICATING");
    }

    @Test
    void theNextLookComesWhenThePaceAllowsTheNextLaunch() {
        var launched = Given.row(3, "wave-1", 1, Stage.LAUNCHING)
                .withCall(new Call(Operation.LAUNCH, CallState.DONE, 3, NOW.minusSeconds(10)));
        var board = board(Given.row(1, "wave-1", 1, Stage.SYNCING), launched);

        assertThat(order(board, Map.of("cutover.pace", "25s")).nextDue(NOW)).hasValue(NOW.plusSeconds(15));
        assertThat(order(board, Map.of()).nextDue(NOW)).isEmpty();
    }

    @Test
    void whatHoldsALaunchThatAPersonAsksForIsNamed() {
        var app = app(Stage.SYNCING);
        var board = board(app, DB, Given.row(3, "wave-1", 1, Stage.LAUNCHING));

        assertThat(order(board, Map.of("cutover.launches", "1")).limit(app, NOW))
                .hasValue("LAUNCHES 1 of 1");
        assertThat(order(board, Map.of()).limit(app, NOW)).isEmpty();
    }

    @Test
    void whatCannotBeLaunchedAnyMoreEndsWithWhatToDo() {
        var order = order(board(app(Stage.SYNCING), DB.closed(Outcome.FAILED, "x", NOW)), Map.of());

        assertThat(order.notLaunched(0, NOW))
                .singleElement()
                .extracting(Entry::row)
                .satisfies(row -> {
                    assertThat(row.outcome()).isEqualTo(Outcome.NOT_LAUNCHED);
                    assertThat(row.reason()).isEqualTo("depends on server-2, which FAILED");
                    assertThat(row.failure().recommendedAction()).startsWith("Correct what it depends on, then rerun.");
                });
    }

    private static Migration app(Stage stage) {
        return Given.dependingOn(Given.row(1, "wave-1", 1, stage), "server-2");
    }

    private static Board board(Migration... rows) {
        return new Board(List.of(rows), Steering.NONE);
    }

    private static CutoverOrder order(Board board, Map<String, String> settings) {
        return new CutoverOrder(CutoverPlan.recorded(settings), Duration.ofHours(4), board);
    }
}
