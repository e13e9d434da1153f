package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.reconcile.RowInspector;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.DirectoryComparison;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Number and time of the reads of a comparison. */
class ConsistencyComparisonsTests {

    private static final Observation IN_SYNC = RowFixtures.seeing("SYNCING", "syncing", "syncing");
    private static final Observation FINISHED = RowFixtures.seeing("SYNC_SUCCESS", "finished", "cutovered");

    private final FakeSms sms = new FakeSms();
    private final ConsistencyComparisons comparisons = new ConsistencyComparisons(new RowInspector(sms), Set.of(1));
    private FakeSms.Task task;

    @BeforeEach
    void oneServerWithItsTask() {
        sms.server("source-1");
        task = sms.task("source-1");
    }

    @Test
    void rowWithoutComparisonNeedsNoCall() {
        var row = RowFixtures.row(2, "wave-1", 1, Stage.SYNCING);

        assertThat(comparisons.of(row, IN_SYNC, true, RowFixtures.policy(), NOW))
                .isNull();
        assertThat(sms.calls()).isEmpty();
    }

    @Test
    void resultInSyncIsReadOnce() {
        task.comparison = new ConsistencyResult(1L, List.of(new DirectoryComparison("/", 9L, 2L, 0L, 0L)), null);
        var row = RowFixtures.row(Stage.SYNCING);

        row = look(row, IN_SYNC, false, NOW);
        assertThat(row.consistency()).isEqualTo(Consistency.PENDING);
        row = look(row, IN_SYNC, true, NOW.plusSeconds(30));
        for (int again = 2; again < 50; again++) {
            row = look(row, IN_SYNC, true, NOW.plusSeconds(30 * again));
        }

        assertThat(row.consistency().text()).isEqualTo("2 differ");
        assertThat(sms.calls()).containsExactly("ShowConsistencyResult task-1");
    }

    @Test
    void unreadableResultIsRetriedLater() {
        var row = RowFixtures.row(Stage.SYNCING);
        sms.refuse("ShowConsistencyResult", Failures.denied("ShowConsistencyResult"));

        row = look(row, IN_SYNC, true, NOW);
        assertThat(row.consistency().text()).isEqualTo("pending");
        assertThat(row.consistency().detail()).startsWith("the result could not be read: ");
        row = look(row, IN_SYNC, true, NOW.plusSeconds(30));
        assertThat(sms.calls()).hasSize(1);
        task.comparison = new ConsistencyResult(1L, List.of(new DirectoryComparison("/", 9L, 0L, 0L, 0L)), null);
        row = look(row, IN_SYNC, true, NOW.plus(Duration.ofMinutes(5)));

        assertThat(row.consistency().text()).isEqualTo("same");
        assertThat(sms.calls()).hasSize(2);
    }

    @Test
    void knownResultOutlivesFailedRead() {
        var known = new Consistency(Consistency.State.DIFFERENT, 3, "/", NOW.minusSeconds(60));
        sms.refuse("ShowConsistencyResult", Failures.unknown("ShowConsistencyResult"));

        var row = look(RowFixtures.row(Stage.SYNCING).withConsistency(known), FINISHED, true, NOW);

        assertThat(row.consistency()).isEqualTo(known);
        assertThat(sms.calls()).hasSize(1);
    }

    @Test
    void waitAtEndStartsWithFirstObservedEnd() {
        var row = look(RowFixtures.row(Stage.LAUNCHING), FINISHED, false, NOW);
        row = look(row, FINISHED, false, NOW.plusSeconds(60));

        assertThat(row.consistency().at()).isEqualTo(NOW);
        assertThat(sms.calls()).isEmpty();
    }

    private LedgerRow look(LedgerRow row, Observation observed, boolean exists, Instant now) {
        return row.withConsistency(comparisons.of(row, observed, exists, RowFixtures.policy(), now));
    }
}
