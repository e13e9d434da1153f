package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Builder of changed copies of a {@link LedgerRow}. */
final class LedgerRowBuilder {

    private final LedgerRow from;
    private @Nullable String sourceId;
    private Stage stage;
    private @Nullable Outcome outcome;
    private @Nullable String reason;
    private @Nullable String taskId;
    private ObservedState observed;
    private @Nullable String attention;
    private int attempts;
    private int startsBefore;
    private @Nullable Instant nextAt;
    private @Nullable RowCall call;
    private Milestones milestones;
    private @Nullable Failure failure;
    private @Nullable Consistency consistency;

    LedgerRowBuilder(LedgerRow from) {
        this.from = from;
        sourceId = from.sourceId();
        stage = from.stage();
        outcome = from.outcome();
        reason = from.reason();
        taskId = from.taskId();
        observed = from.observed();
        attention = from.attention();
        attempts = from.attempts();
        startsBefore = from.startsBefore();
        nextAt = from.nextAt();
        call = from.call();
        milestones = from.milestones();
        failure = from.failure();
        consistency = from.consistency();
    }

    LedgerRowBuilder sourceId(String value) {
        sourceId = value;
        return this;
    }

    LedgerRowBuilder stage(Stage value, Instant at) {
        stage = value;
        milestones = milestones.withStage(value, at);
        return this;
    }

    LedgerRowBuilder reopen(Stage value) {
        stage = value;
        milestones = milestones.reopen();
        return this;
    }

    LedgerRowBuilder outcome(@Nullable Outcome value) {
        outcome = value;
        return this;
    }

    LedgerRowBuilder reason(@Nullable String value) {
        reason = value;
        return this;
    }

    LedgerRowBuilder taskId(@Nullable String value) {
        taskId = value;
        return this;
    }

    LedgerRowBuilder observed(ObservedState value) {
        observed = value;
        return this;
    }

    LedgerRowBuilder attention(@Nullable String value) {
        attention = value;
        return this;
    }

    LedgerRowBuilder startsBefore(int value) {
        startsBefore = value;
        return this;
    }

    LedgerRowBuilder attempts(int value) {
        attempts = value;
        return this;
    }

    LedgerRowBuilder nextAt(@Nullable Instant value) {
        nextAt = value;
        return this;
    }

    LedgerRowBuilder call(@Nullable RowCall value) {
        call = value;
        return this;
    }

    LedgerRowBuilder failure(@Nullable Failure value) {
        failure = value;
        return this;
    }

    LedgerRowBuilder consistency(@Nullable Consistency value) {
        consistency = value;
        return this;
    }

    LedgerRow build() {
        return new LedgerRow(
                from.runId(),
                from.row(),
                from.line(),
                from.serverName(),
                from.wave(),
                from.priority(),
                from.dependsOn(),
                sourceId,
                stage,
                outcome,
                reason,
                taskId,
                observed,
                attention,
                attempts,
                startsBefore,
                nextAt,
                call,
                milestones,
                failure,
                consistency);
    }
}
