package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Times of a row's milestones; null before they are reached.
 *
 * @param queuedAt row entered the ledger
 * @param startedAt first start was accepted or observed
 * @param replicatedAt full copy was observed as complete
 * @param launchedAt launch was accepted or observed
 * @param finishedAt row ended
 */
public record Milestones(
        @Nullable Instant queuedAt,
        @Nullable Instant startedAt,
        @Nullable Instant replicatedAt,
        @Nullable Instant launchedAt,
        @Nullable Instant finishedAt) {

    static Milestones queued(Instant at) {
        return new Milestones(at, null, null, null, null);
    }

    /** Sets the times that the stage implies; earlier times are kept. */
    Milestones withStage(Stage stage, Instant at) {
        boolean replicated = stage == Stage.SYNCING || stage == Stage.LAUNCHING;
        return new Milestones(
                queuedAt,
                stage.isUnderWay() ? firstOf(startedAt, at) : startedAt,
                replicated ? firstOf(replicatedAt, at) : replicatedAt,
                stage == Stage.LAUNCHING ? firstOf(launchedAt, at) : launchedAt,
                stage == Stage.CLOSED ? firstOf(finishedAt, at) : finishedAt);
    }

    /** Clears the end of a reopened row. */
    Milestones reopen() {
        return new Milestones(queuedAt, startedAt, replicatedAt, launchedAt, null);
    }

    private static Instant firstOf(@Nullable Instant known, Instant at) {
        return known == null ? at : known;
    }
}
