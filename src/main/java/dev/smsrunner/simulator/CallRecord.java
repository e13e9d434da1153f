package dev.smsrunner.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The effects of a call, collected while it is handled and then written to the audit. */
final class CallRecord {

    private String actor;
    private final @Nullable String requestId;
    private String operation;
    private @Nullable String source;
    private @Nullable String task;
    private @Nullable String before;
    private @Nullable String after;
    private AuditEntry.@Nullable Target target;
    private @Nullable String code;
    private AuditEntry.Effect effect = AuditEntry.Effect.NONE;
    private int status;

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

    CallRecord on(@Nullable String sourceId, @Nullable String taskId) {
        source = sourceId;
        task = taskId;
        return this;
    }

    CallRecord before(@Nullable String states) {
        before = states;
        return this;
    }

    CallRecord markExecuted(@Nullable String statesAfter) {
        effect = AuditEntry.Effect.EXECUTED;
        after = statesAfter;
        return this;
    }

    CallRecord target(AuditEntry.Target where) {
        target = where;
        return this;
    }

    CallRecord markRefused(Refusal refusal) {
        effect = refusal.isViolation() ? AuditEntry.Effect.VIOLATION : AuditEntry.Effect.REFUSED;
        code = refusal.code();
        return this;
    }

    CallRecord code(@Nullable String errorCode) {
        code = errorCode;
        return this;
    }

    CallRecord status(int httpStatus) {
        status = httpStatus;
        return this;
    }

    String operation() {
        return operation;
    }

    @Nullable
    String source() {
        return source;
    }

    AuditEntry toEntry(long seq, Instant virtualTime, Instant realTime) {
        return new AuditEntry(
                seq,
                virtualTime,
                realTime,
                operation,
                source,
                task,
                requestId,
                effect,
                status,
                code,
                before,
                after,
                target,
                actor);
    }
}
