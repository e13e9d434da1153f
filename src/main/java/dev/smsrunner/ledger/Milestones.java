package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a row reached what; null when it has not.
 *
 * @param queuedAt the row entered the ledger
 * @param startedAt the first start was accepted or seen
 * @param replicatedAt the full copy was seen complete
 * @param launchedAt the launch was accepted or seen
 * @param finishedAt the row was closed
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

    /** Marks what reaching the stage means; what is marked already stays. */
    Milestones withStage(Stage stage, Instant at) {
        return switch (stage) {
            case PLANNED, TASK_READY -> this;
            case STARTED -> new Milestones(queuedAt, firstOf(startedAt, at), replicatedAt, launchedAt, finishedAt);
            case REPLICATING -> withStage(Stage.STARTED, at);
            case SYNCING ->
                new Milestones(queuedAt, firstOf(startedAt, at), firstOf(replicatedAt, at), launchedAt, finishedAt);
            case LAUNCHING ->
                new Milestones(
                        queuedAt,
                        firstOf(startedAt, at),
                        firstOf(replicatedAt, at),
                        firstOf(launchedAt, at),
                        finishedAt);
            case CLOSED -> new Milestones(queuedAt, startedAt, replicatedAt, launchedAt, firstOf(finishedAt, at));
        };
    }

    /** It is not finished after all. */
    Milestones reopen() {
        return new Milestones(queuedAt, startedAt, replicatedAt, launchedAt, null);
    }

    private static Instant firstOf(@Nullable Instant known, Instant at) {
        return known == null ? at : known;
    }
}
