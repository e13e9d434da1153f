package dev.smsrunner.batch;

import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Outcome;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Ends a strict run with rejected rows. Applies only before the first change in the cloud: a run with work under way continues
 * even if preflight rejects a row after an inventory change.
 */
class AcceptanceTasklet implements Tasklet {

    private final Ledger ledger;
    private final FencedRun owner;
    private final boolean strict;

    AcceptanceTasklet(Ledger ledger, FencedRun owner, RunInput input) {
        this.ledger = ledger;
        this.owner = owner;
        this.strict = input.strict();
    }

    /** @throws RowsRejectedException when the run is strict and preflight rejected rows */
    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) {
        if (strict && ledger.intents(owner.runId()).isEmpty()) {
            refuseRejectedRows();
        }
        return RepeatStatus.FINISHED;
    }

    private void refuseRejectedRows() {
        var rejected = ledger.findAll(owner.runId()).stream()
                .filter(row -> row.outcome() == Outcome.REJECTED)
                .toList();
        if (!rejected.isEmpty()) {
            var first = rejected.get(0);
            throw new RowsRejectedException(rejected.size(), first.label() + ": " + first.reason());
        }
    }
}
