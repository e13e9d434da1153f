package dev.smsrunner.drive;

import static dev.smsrunner.drive.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many servers take a place of the account. */
class BoardTests {

    @Test
    void aServerUnderWayTakesAPlace() {
        assertThat(taken(Given.row(Stage.REPLICATING))).isEqualTo(1);
    }

    @Test
    void aServerThatIsReadyTakesNone() {
        assertThat(taken(Given.row(Stage.TASK_READY))).isZero();
    }

    @Test
    void aServerThatMayHaveBeenStartedTakesAPlace() {
        var lost = new Call(Operation.START, CallState.UNKNOWN, 2, NOW);

        assertThat(taken(Given.row(Stage.TASK_READY).withCall(lost))).isEqualTo(1);
    }

    @Test
    void aServerThatWaitsForItsRestartLeavesItsPlaceToOthers() {
        assertThat(taken(failed().notBefore(NOW.plusSeconds(30), "restart 1 of 2")))
                .isZero();
    }

    @Test
    void aServerThatWasJustRestartedTakesAPlaceThoughTheFailureStillShows() {
        assertThat(taken(failed())).isEqualTo(1);
    }

    @Test
    void aServerThatIsToBeStartedNowDoesNotStandInItsOwnWay() {
        var board = new Board(List.of(Given.row(Stage.STARTED)));

        assertThat(board.placesTaken(List.of(1))).isZero();
    }

    private static long taken(Migration row) {
        return new Board(List.of(row)).placesTaken(List.of());
    }

    private static Migration failed() {
        return Given.row(Stage.REPLICATING)
                .withSeen(Given.seeing("MIGRATE_FAIL", "error", "replicating").seen());
    }
}
