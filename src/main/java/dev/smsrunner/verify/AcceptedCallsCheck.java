package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** I8 the other way round: what the ledger says the service accepted, the service has heard. */
final class AcceptedCallsCheck {

    private final List<AuditLine> heard;
    private final Tables tables;
    private final Attribution whose;
    private final Findings findings;

    AcceptedCallsCheck(List<AuditLine> heard, Tables tables, Attribution whose, Findings findings) {
        this.heard = heard;
        this.tables = tables;
        this.whose = whose;
        this.findings = findings;
    }

    void check() {
        var accepted = new HashMap<String, Integer>();
        heard.stream()
                .filter(one -> whose.byUs(one)
                        && IntentMatcher.isWrite(one)
                        && !one.effect().matches("REFUSED|VIOLATION"))
                .forEach(one -> IntentMatcher.meant(one)
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
                            "%s of %s is done in the ledger, the service has not heard of it"
                                    .formatted(text(intent, "operation"), text(intent, "target")),
                            LedgerCheck.evidence(intent),
                            "Look whether the audit is the one of this run; then at the server in the console.");
                }
            }
        }
        findings.checked(
                "I8", "audit: %d calls that are done in the ledger, each heard by the service".formatted(count));
    }

    /** An audit may begin later than the run. */
    private boolean isCovered(Map<String, ?> intent) {
        return !heard.isEmpty()
                && !Instant.parse(String.valueOf(intent.get("intended_at")))
                        .isBefore(heard.get(0).at());
    }
}
