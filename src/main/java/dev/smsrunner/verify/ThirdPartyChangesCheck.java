package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I13 from the audit: no write of the run reverses a third-party change to its tasks after the run has polled it. */
final class ThirdPartyChangesCheck {

    /** Operator requests to continue a row between two instants. */
    interface OperatorRequests {
        boolean isRequested(int row, Instant from, Instant to);
    }

    /** Third-party changes by the operation of the run that reverses them. */
    private static final Map<String, String> REVERSALS =
            Map.of("start", "stop", "CreateTask", "removed", "stop", "start");

    private final Attribution attribution;
    private final OperatorRequests requests;
    private final Findings findings;
    private final boolean migrates;
    private final Instant startedAt;
    private final Map<String, AuditLine> thirdPartyChanges = new HashMap<>();
    private final Set<String> changedByRun = new HashSet<>();
    private final Set<String> polled = new HashSet<>();
    private int count;

    ThirdPartyChangesCheck(Tables tables, Attribution attribution, OperatorRequests requests, Findings findings) {
        this.attribution = attribution;
        this.requests = requests;
        this.findings = findings;
        this.migrates = text(tables.run(), "job").equals("migrate");
        this.startedAt = Instant.parse(text(tables.run(), "created_at"));
    }

    void accept(AuditLine one) {
        if (!migrates || one.at().isBefore(startedAt)) {
            return;
        }
        if (one.isRead()) {
            recordRead(one);
        } else if (attribution.isOurWrite(one)) {
            checkWrite(one);
        } else if (one.isExecuted()
                && isThirdParty(one)
                && attribution.row(one) != null
                && changedByRun.contains(one.task())) {
            count++;
            thirdPartyChanges.put(one.source(), one);
            polled.remove(one.source());
        }
    }

    private void recordRead(AuditLine one) {
        if (!attribution.isOurs(one)) {
            return;
        }
        if (one.source().isEmpty() && one.task().isEmpty()) {
            polled.addAll(thirdPartyChanges.keySet());
        } else {
            thirdPartyChanges.values().stream()
                    .filter(other ->
                            other.source().equals(one.source()) || other.task().equals(one.task()))
                    .forEach(other -> polled.add(other.source()));
        }
    }

    /** Background events are not third-party changes, except a vanished task. */
    private static boolean isThirdParty(AuditLine one) {
        return one.isRequest() || one.operation().equals("vanish");
    }

    private static String kind(AuditLine one) {
        return one.operation().equals("vanish") || one.operation().startsWith("DeleteTask")
                ? "removed"
                : one.operation();
    }

    private void checkWrite(AuditLine one) {
        var other = thirdPartyChanges.get(one.source());
        var row = attribution.row(one);
        if (other != null
                && row != null
                && polled.contains(one.source())
                && !attribution.belongsToAnotherRun(one)
                && kind(other).equals(REVERSALS.get(one.operation()))
                && !requests.isRequested(row, other.at(), one.at())) {
            findings.violation(
                    "I13",
                    row,
                    "%s was sent after another user had done '%s' to the task %s"
                            .formatted(one.operation(), kind(other), other.task()),
                    "%s after %s".formatted(one.evidence(), other.evidence()),
                    "Find out who did it and why, check the server in the console, and report a bug.");
        }
        if (one.isExecuted()) {
            changedByRun.add(one.task());
        }
    }

    void end() {
        if (migrates) {
            findings.checked(
                    "I13", "audit: %d third-party changes to tasks of the run, none reversed".formatted(count));
        }
    }
}
