package dev.smsrunner.verify;

import java.util.Map;
import java.util.Set;

/**
 * Calls of all jobs, as an audit names them.
 *
 * @param intentsByCall operations of the intents that may cause a call, by the operation in the audit
 */
public record JobCalls(Map<String, Set<String>> intentsByCall) {

    /** Whether the entry is a mutating request. */
    boolean isWrite(AuditLine call) {
        return call.isRequest() && intentsByCall.containsKey(call.operation());
    }

    /** The intent operations that may have caused the call; empty for a call that no job makes. */
    Set<String> intentOperations(AuditLine call) {
        return intentsByCall.getOrDefault(call.operation(), Set.of());
    }
}
