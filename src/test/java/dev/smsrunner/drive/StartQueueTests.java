package dev.smsrunner.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose turn it is to be started. */
class StartQueueTests {

    @Test
    void wavesGoInNaturalOrderThenTheHigherPriorityThenTheRow() {
        var rows = new ArrayList<>(List.of(
                row(1, "wave-10", 9),
                row(2, "wave-2", 0),
                row(3, "wave-2", 2),
                row(4, "", 5),
                row(5, "wave-2", 2),
                row(6, "wave-1", 1)));
        Collections.shuffle(rows, new Random(3));

        assertThat(StartQueue.next(rows, Set.of(), 10))
                .extracting(Migration::row)
                .containsExactly(6, 3, 5, 2, 1, 4);
    }

    @Test
    void noMoreThanThereArePlaces() {
        var rows = List.of(row(1, "a", 1), row(2, "a", 1), row(3, "a", 1));

        assertThat(StartQueue.next(rows, Set.of(), 2))
                .extracting(Migration::row)
                .containsExactly(1, 2);
        assertThat(StartQueue.next(rows, Set.of(), 0)).isEmpty();
    }

    @Test
    void aWaveThatIsStillBeingPreparedHoldsBackLaterOnes() {
        var rows = List.of(row(1, "wave-1", 1), row(2, "wave-2", 1), row(3, "wave-3", 1), row(4, "", 1));

        assertThat(StartQueue.next(rows, Set.of("wave-2"), 10))
                .extracting(Migration::row)
                .containsExactly(1, 2);
        assertThat(StartQueue.next(rows, Set.of("wave-10"), 10))
                .extracting(Migration::row)
                .containsExactly(1, 2, 3);
        assertThat(StartQueue.next(rows, Set.of(""), 10)).hasSize(4);
    }

    @Test
    void theFirstWaveIsHeldBackByNothing() {
        assertThat(StartQueue.next(List.of(row(1, "wave-1", 1)), Set.of("wave-1", "wave-2"), 1))
                .hasSize(1);
    }

    private static Migration row(int number, String wave, int priority) {
        return Given.row(number, wave, priority, Stage.TASK_READY);
    }
}
