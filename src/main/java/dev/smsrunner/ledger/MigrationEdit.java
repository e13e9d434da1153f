package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The one place that copies a {@link Migration} with some of its values changed. */
final class MigrationEdit {

    private final Migration from;
    private @Nullable String sourceId;
    private Stage stage;
    private @Nullable Outcome outcome;
    private @Nullable String reason;
    private @Nullable String taskId;
    private Seen seen;
    private @Nullable String attention;
    private int attempts;
    private int startsBefore;
    private @Nullable Instant nextAt;
    private @Nullable Call call;
    private Milestones milestones;
    private @Nullable Failure failure;
    private @Nullable Consistency consistency;

    MigrationEdit(Migration from) {
        this.from = from;
        sourceId = from.sourceId();
        stage = from.stage();
        outcome = from.outcome();
        reason = from.reason();
        taskId = from.taskId();
        seen = from.seen();
        attention = from.attention();
        attempts = from.attempts();
        startsBefore = from.startsBefore();
        nextAt = from.nextAt();
        call = from.call();
        milestones = from.milestones();
        failure = from.failure();
        consistency = from.consistency();
    }

    MigrationEdit sourceId(String value) {
        sourceId = value;
        return this;
    }

    MigrationEdit stage(Stage value, Instant at) {
        stage = value;
        milestones = milestones.reached(value, at);
        return this;
    }

    MigrationEdit reopened(Stage value) {
        stage = value;
        milestones = milestones.reopened();
        return this;
    }

    MigrationEdit outcome(@Nullable Outcome value) {
        outcome = value;
        return this;
    }

    MigrationEdit reason(@Nullable String value) {
        reason = value;
        return this;
    }

    MigrationEdit taskId(@Nullable String value) {
        taskId = value;
        return this;
    }

    MigrationEdit seen(Seen value) {
        seen = value;
        return this;
    }

    MigrationEdit attention(@Nullable String value) {
        attention = value;
        return this;
    }

    MigrationEdit startsBefore(int value) {
        startsBefore = value;
        return this;
    }

    MigrationEdit attempts(int value) {
        attempts = value;
        return this;
    }

    MigrationEdit nextAt(@Nullable Instant value) {
        nextAt = value;
        return this;
    }

    MigrationEdit call(@Nullable Call value) {
        call = value;
        return this;
    }

    MigrationEdit failure(@Nullable Failure value) {
        failure = value;
        return this;
    }

    MigrationEdit consistency(@Nullable Consistency value) {
        consistency = value;
        return this;
    }

    Migration build() {
        return new Migration(
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
                seen,
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
