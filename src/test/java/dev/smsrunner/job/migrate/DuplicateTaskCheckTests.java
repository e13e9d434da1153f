package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.reconcile.RowCache;
import dev.smsrunner.support.FakeSms;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateTaskCheckTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final FakeSms sms = new FakeSms();

    @Test
    void secondLiveTaskIsReportedAndRowKeepsItsTask() {
        sms.server("source-1");
        sms.server("source-2");
        var own = sms.task("source-1").id;
        var late = sms.task("source-1").id;
        var alone = sms.task("source-2").id;
        var rowCache = new RowCache(
                List.of(row(1, "source-1", own), row(2, "source-2", alone)), dev.smsrunner.ledger.ActiveControls.NONE);

        var writes = DuplicateTaskCheck.find(sms, rowCache);

        assertThat(writes).singleElement().satisfies(write -> {
            assertThat(write.row().taskId()).isEqualTo(own);
            assertThat(write.events())
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.detail()).contains(late).contains("does not start them"));
        });
        assertThat(sms.changes()).isEmpty();
    }

    private static LedgerRow row(int number, String source, String task) {
        return LedgerRow.planned("run", number, number + 1, "erp-" + number, "wave-1", 1, List.of(), NOW)
                .withSource(source, null)
                .withTask(task, NOW);
    }
}
