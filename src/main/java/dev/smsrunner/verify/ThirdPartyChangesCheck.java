package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** I13 by the audit: no write of ours reverses what somebody else did to a task of ours, once we had looked. */
final class ThirdPartyChangesCheck {

    /** Whether a person wanted a row to go on between two moments. */
    interface Words {
        boolean allowed(int row, Instant from, Instant to);
    }

    /** What of ours reverses what of others. */
    private static final Map<String, String> REVERSED =
            Map.of("start", "stop", "CreateTask", "removed", "stop", "start");

    private final Attribution whose;
    private final Words words;
    private final Findings findings;
    private final boolean migrates;
    private final Instant begun;
    private final Map<String, AuditLine> last = new HashMap<>();
    private final Set<String> touched = new HashSet<>();
    private final Set<String> looked = new HashSet<>();
    private int count;

    ThirdPartyChangesCheck(Tables tables, Attribution whose, Words words, Findings findings) {
        this.whose = whose;
        this.words = words;
        this.findings = findings;
        this.migrates = text(tables.run(), "job").equals("migrate");
        this.begun = Instant.parse(text(tables.run(), "created_at"));
    }

    void hear(AuditLine one) {
        if (!migrates || one.at().isBefore(begun)) {
            return;
        }
        if (one.isRead()) {
            looked(one);
        } else if (whose.isOurWrite(one)) {
            ours(one);
        } else if (one.executed() && isByPerson(one) && whose.row(one) != null && touched.contains(one.task())) {
            count++;
            last.put(one.source(), one);
            looked.remove(one.source());
        }
    }

    private void looked(AuditLine one) {
        if (!whose.byUs(one)) {
            return;
        }
        if (one.source().isEmpty() && one.task().isEmpty()) {
            looked.addAll(last.keySet());
        } else {
            last.values().stream()
                    .filter(other ->
                            other.source().equals(one.source()) || other.task().equals(one.task()))
                    .forEach(other -> looked.add(other.source()));
        }
    }

    /** What happens by itself was asked by nobody, but for a task that vanishes. */
    private static boolean isByPerson(AuditLine one) {
        return one.asked() || one.operation().equals("vanish");
    }

    private static String kind(AuditLine one) {
        return one.operation().equals("vanish") || one.operation().startsWith("DeleteTask")
                ? "removed"
                : one.operation();
    }

    private void ours(AuditLine one) {
        var other = last.get(one.source());
        var row = whose.row(one);
        if (other != null
                && row != null
                && looked.contains(one.source())
                && !whose.ofAnotherRun(one)
                && kind(other).equals(REVERSED.get(one.operation()))
                && !words.allowed(row, other.at(), one.at())) {
            findings.violation(
                    "I13",
                    row,
                    "%s was sent though somebody else had done '%s' to the task %s"
                            .formatted(one.operation(), kind(other), other.task()),
                    "%s after %s".formatted(one.evidence(), other.evidence()),
                    "Ask who did it and why; look at the server in the console; report it.");
        }
        if (one.executed()) {
            touched.add(one.task());
        }
    }

    void end() {
        if (migrates) {
            findings.checked("I13", "audit: %d changes by others to tasks of the run, none reversed".formatted(count));
        }
    }
}
