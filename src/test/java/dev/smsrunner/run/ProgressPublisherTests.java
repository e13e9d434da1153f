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

/** Operator messages about rows of a run under way. */
class ProgressPublisherTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final LedgerRow ROW =
            LedgerRow.planned("r", 1, 2, "srv", "", 0, List.of(), NOW).withSource("s", "t");
    private static final String FORM =
            "Its task t is used as it is, although it differs from the row: migration_type: row A, task B.";

    private final List<String> messages = new ArrayList<>();
    private final ProgressPublisher publisher = new ProgressPublisher(new RunListener() {
        @Override
        public void runStarted(Run run, boolean resumed) {}

        @Override
        public void stageStarted(String name) {}

        @Override
        public void progress(StageCounts counts, ApiStats api) {}

        @Override
        public void rowMessage(LedgerRow row, String text) {
            messages.add(text);
        }
    });

    @Test
    void sameDifferenceIsReportedOnce() {
        commit(ROW, EventKind.FINDING, null, "WARNING", FORM);
        commit(ROW, EventKind.FINDING, null, "WARNING", FORM);
        commit(ROW, EventKind.ATTENTION, null, FORM, null);
        commit(ROW, EventKind.ATTENTION, FORM, null, null);

        assertThat(messages).containsExactly("warning: " + FORM);
    }

    @Test
    void rowWithDifferencesIsNotReportedAsRecovered() {
        var held = AttentionCause.CONSISTENCY.text("2 files are not the same");
        var differs = ROW.withConsistency(new Consistency(Consistency.State.DIFFERENT, 2, "/: 2 different", NOW));

        commit(differs, EventKind.ATTENTION, null, held, null);
        commit(differs, EventKind.ATTENTION, held, null, null);
        assertThat(messages).containsExactly(held);

        commit(ROW, EventKind.ATTENTION, held, null, null);
        commit(ROW, EventKind.ATTENTION, "the agent is disconnected; waiting for it", null, null);
        assertThat(messages).containsExactly(held, "recovered", "recovered");
    }

    private void commit(
            LedgerRow row, EventKind kind, @Nullable String before, @Nullable String after, @Nullable String detail) {
        publisher.onCommit(LedgerWrite.of(row, List.of(EventDraft.ofRow(row, kind, before, after, detail))));
    }
}
