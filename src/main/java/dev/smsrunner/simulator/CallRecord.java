package dev.smsrunner.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The effects of a call, collected while it is handled and then written to the audit. */
final class CallRecord {

    private final AuditEntryBuilder entry = AuditEntryBuilder.builder().effect(AuditEntry.Effect.NONE);
    private final @Nullable String requestId;
    private String operation;
    private String actor;

    CallRecord(String operation, String actor, @Nullable String requestId) {
        this.operation = operation;
        this.actor = actor;
        this.requestId = requestId;
    }

    /** A further record of the same call, for one of its effects. */
    CallRecord withOperation(String otherOperation) {
        return new CallRecord(otherOperation, actor, requestId);
    }

    CallRecord actor(String name) {
        actor = name;
        return this;
    }

    CallRecord operation(String name) {
        operation = name;
        return this;
    }

    String operation() {
        return operation;
    }

    CallRecord on(@Nullable String sourceId, @Nullable String taskId) {
        entry.source(sourceId).task(taskId);
        return this;
    }

    CallRecord before(@Nullable String states) {
        entry.before(states);
        return this;
    }

    CallRecord markExecuted(@Nullable String statesAfter) {
        entry.effect(AuditEntry.Effect.EXECUTED).after(statesAfter);
        return this;
    }

    CallRecord target(AuditEntry.Target where) {
        entry.target(where);
        return this;
    }

    CallRecord markRefused(Refusal refusal) {
        entry.effect(refusal.isViolation() ? AuditEntry.Effect.VIOLATION : AuditEntry.Effect.REFUSED);
        return code(refusal.code());
    }

    CallRecord code(@Nullable String errorCode) {
        entry.code(errorCode);
        return this;
    }

    CallRecord status(int httpStatus) {
        entry.status(httpStatus);
        return this;
    }

    AuditEntry toEntry(long seq, Instant virtualTime, Instant realTime) {
        return entry.seq(seq)
                .virtualTime(virtualTime)
                .realTime(realTime)
                .operation(operation)
                .requestId(requestId)
                .actor(actor)
                .build();
    }
}
