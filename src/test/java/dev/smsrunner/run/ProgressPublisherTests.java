package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator reads of a row while the run goes on. */
class ProgressPublisherTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final LedgerRow ROW =
            LedgerRow.planned("r", 1, 2, "srv", "", 0, List.of(), NOW).matched("s", "t");
    private static final String FORM =
            "Its task t is used as it is, although it differs from the row: migration_type: row A, task B.";

    private final List<String> said = new ArrayList<>();
    private final ProgressPublisher live = new ProgressPublisher(new RunListener() {
        @Override
        public void began(Run run, boolean resumed) {}

        @Override
        public void stage(String name) {}

        @Override
        public void progress(StageCounts tally, ApiStats api) {}

        @Override
        public void said(LedgerRow row, String text) {
            said.add(text);
        }
    });

    @Test
    void aDifferenceIsSaidOnceWhoeverFindsItAgain() {
        tell(ROW, EventKind.FINDING, null, "WARNING", FORM);
        tell(ROW, EventKind.FINDING, null, "WARNING", FORM);
        tell(ROW, EventKind.ATTENTION, null, FORM, null);
        tell(ROW, EventKind.ATTENTION, FORM, null, null);

        assertThat(said).containsExactly("warning: " + FORM);
    }

    @Test
    void whatIsLaunchedThoughItsFilesDifferIsNotAsExpectedAgain() {
        var held = AttentionCause.CONSISTENCY.text("2 files are not the same");
        var differs = ROW.withConsistency(new Consistency(Consistency.State.DIFFERENT, 2, "/: 2 different", NOW));

        tell(differs, EventKind.ATTENTION, null, held, null);
        tell(differs, EventKind.ATTENTION, held, null, null);
        assertThat(said).containsExactly(held);

        tell(ROW, EventKind.ATTENTION, held, null, null);
        tell(ROW, EventKind.ATTENTION, "the agent is disconnected; waiting for it", null, null);
        assertThat(said).containsExactly(held, "as expected again", "as expected again");
    }

    private void tell(
            LedgerRow row, EventKind kind, @Nullable String before, @Nullable String after, @Nullable String detail) {
        live.committed(LedgerWrite.of(row, List.of(EventDraft.ofRow(row, kind, before, after, detail))));
    }
}
