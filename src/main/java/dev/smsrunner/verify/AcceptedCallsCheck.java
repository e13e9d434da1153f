package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I8 in reverse: every call that is DONE in the ledger has an entry in the audit. */
record AcceptedCallsCheck(
        List<AuditLine> entries, Tables tables, Attribution attribution, JobCalls calls, Findings findings) {

    void check() {
        var accepted = new HashMap<String, Integer>();
        entries.stream()
                .filter(one -> attribution.isOurs(one)
                        && calls.isWrite(one)
                        && !one.effect().matches("REFUSED|VIOLATION"))
                .forEach(one -> calls.intentOperations(one)
                        .forEach(operation -> accepted.merge(operation + " " + one.target(), 1, Integer::sum)));
        int count = 0;
        for (var intent : tables.intents()) {
            if (text(intent, "state").equals("DONE") && isCovered(intent)) {
                count++;
                var key = text(intent, "operation") + " " + text(intent, "target");
                if (accepted.merge(key, -1, Integer::sum) < 0) {
                    findings.violation(
                            "I8",
                            number(intent),
                            "%s of %s is DONE in the ledger, but not in the audit"
                                    .formatted(text(intent, "operation"), text(intent, "target")),
                            LedgerCheck.evidence(intent),
                            "Check that the audit belongs to this run, then check the server in the console.");
                }
            }
        }
        findings.checked(
                "I8", "audit: %s DONE in the ledger, each with an entry".formatted(Findings.count(count, "call")));
    }

    /** An audit may start later than the run. */
    private boolean isCovered(Map<String, ?> intent) {
        return !entries.isEmpty()
                && !Instant.parse(String.valueOf(intent.get("intended_at")))
                        .isBefore(entries.get(0).at());
    }
}
