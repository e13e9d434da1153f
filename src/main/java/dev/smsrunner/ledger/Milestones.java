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
    Milestones reached(Stage stage, Instant at) {
        return switch (stage) {
            case PLANNED, TASK_READY -> this;
            case STARTED -> new Milestones(queuedAt, first(startedAt, at), replicatedAt, launchedAt, finishedAt);
            case REPLICATING -> reached(Stage.STARTED, at);
            case SYNCING ->
                new Milestones(queuedAt, first(startedAt, at), first(replicatedAt, at), launchedAt, finishedAt);
            case LAUNCHING ->
                new Milestones(
                        queuedAt, first(startedAt, at), first(replicatedAt, at), first(launchedAt, at), finishedAt);
            case CLOSED -> new Milestones(queuedAt, startedAt, replicatedAt, launchedAt, first(finishedAt, at));
        };
    }

    /** It is not finished after all. */
    Milestones reopened() {
        return new Milestones(queuedAt, startedAt, replicatedAt, launchedAt, null);
    }

    private static Instant first(@Nullable Instant known, Instant at) {
        return known == null ? at : known;
    }
}
