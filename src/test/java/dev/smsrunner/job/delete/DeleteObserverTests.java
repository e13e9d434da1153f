package dev.smsrunner.job.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.delete.DeleteObservation.Existence;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.support.FakeSms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks of a source beside the task of its row. */
class DeleteObserverTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final FakeSms sms = new FakeSms();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anotherTaskOfTheSourceIsObservedAlsoWhereOnlyTheListShowsIt(boolean shown) {
        sms.server("s-1").showsTask = shown;
        sms.server("s-2");
        var another = sms.task("s-1");
        var first = row(1, "s-1");
        var second = row(2, "s-2");

        var observed = new DeleteObserver(sms).observe(List.of(first, second), NOW);

        assertThat(observed.apply(first).task()).isEqualTo(Existence.GONE);
        assertThat(observed.apply(first).otherTaskId()).isEqualTo(another.id);
        assertThat(observed.apply(second).otherTaskId()).isNull();
    }

    private static LedgerRow row(int number, String source) {
        return LedgerRow.planned("r-1", number, number + 1, "erp-db-0" + number, "", 1, List.of(), NOW)
                .withSource(source, "deleted-" + number);
    }
}
