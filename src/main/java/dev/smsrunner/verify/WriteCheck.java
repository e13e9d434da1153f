package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I3, I8, I11, I17 by the audit: each change that the service was asked for, in order, with what was looked at before. */
final class WriteCheck {

    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Set<String> STARTABLE =
            Set.of("READY", "ABORT", "MIGRATE_FAIL", "SYNC_FAIL", "SYNC_F_ROLLBACK_SUCCESS");
    private static final Set<String> LAUNCHABLE = Set.of("syncing", "premiged");
    private static final Set<String> BUSY = Set.of("RUNNING", "SYNCING", "ABORTING", "DELETING", "SKIPPING");
    private static final Set<String> LOST = Set.of("UNKNOWN", "SEEN", "ABSENT");

    private final Tables tables;
    private final Attribution whose;
    private final Findings findings;
    private final Map<String, AuditLine> looks = new HashMap<>();
    private final Map<String, AuditLine> writes = new HashMap<>();
    private final Map<String, Long> changedByOthers = new HashMap<>();
    private @Nullable AuditLine sweep;
    private int count;

    WriteCheck(Tables tables, Attribution whose, Findings findings) {
        this.tables = tables;
        this.whose = whose;
        this.findings = findings;
    }

    void hear(AuditLine one) {
        if (one.isRead()) {
            looked(one);
        } else if (whose.isOurWrite(one)) {
            if (!whose.ofAnotherRun(one)) {
                count++;
                check(one);
            }
            writes.put(key(one), one);
        } else if (one.executed()) {
            changedByOthers.put(one.task(), one.seq());
        }
    }

    void end() {
        findings.checked("I3", "audit: %d writes, each allowed by the state and looked at before".formatted(count));
        findings.checked("I8", "audit: %d writes, each with an intent of its own before it".formatted(count));
        findings.checked("I11", "audit: between two equal writes a look, or a clear refusal");
        findings.checked("I17", "audit: no write while the run was ended");
    }

    private void looked(AuditLine one) {
        if (!whose.byUs(one)) {
            return;
        }
        if (one.source().isEmpty() && one.task().isEmpty()) {
            sweep = one;
        } else {
            looks.put(one.source(), one);
            looks.put(one.task(), one);
        }
    }

    private @Nullable AuditLine look(AuditLine one) {
        var latest = sweep;
        for (var key : Set.of(one.source(), one.task())) {
            var look = key.isEmpty() ? null : looks.get(key);
            latest = look != null && (latest == null || look.seq() > latest.seq()) ? look : latest;
        }
        return latest;
    }

    private void check(AuditLine one) {
        var look = look(one);
        intended(one);
        allowed(one, look == null ? -1 : look.seq());
        if (look == null || Duration.between(look.at(), one.at()).compareTo(FRESH) > 0) {
            violation("I3", one, one.operation() + " was sent and the source not looked at within 60 s before");
        }
        repeated(one, look == null ? -1 : look.seq());
        ended(one);
    }

    private void intended(AuditLine one) {
        if (whose.intent(one).isEmpty()) {
            findings.violation(
                    "I8",
                    whose.row(one),
                    "%s of %s arrived without an intent before it".formatted(one.operation(), one.target()),
                    one.evidence(),
                    "Find out whether somebody used the same key; else report it.");
        }
    }

    /** What somebody else, or the service, changed after we looked could not be known. */
    private void allowed(AuditLine one, long look) {
        boolean changedSince = changedByOthers.getOrDefault(one.task(), -1L) > look;
        if (forbidden(one) && !changedSince) {
            violation("I3", one, "%s was sent while the task was %s".formatted(one.operation(), one.before()));
        }
    }

    /** Whether a running task may be updated no page says: the job that only updates lets the service decide. */
    private boolean forbidden(AuditLine one) {
        return switch (one.operation()) {
            case "start" -> !one.before().isEmpty() && !STARTABLE.contains(AuditLine.taskState(one.before()));
            case "test" -> !one.before().isEmpty() && !LAUNCHABLE.contains(AuditLine.sourceState(one.before()));
            case "UpdateTask" ->
                BUSY.contains(AuditLine.taskState(one.before()))
                        && !text(tables.run(), "job").equals("update");
            default -> one.effect().equals("VIOLATION");
        };
    }

    /** A refusal that says that nothing was done needs no look. */
    private void repeated(AuditLine one, long look) {
        var last = writes.get(key(one));
        if (last != null && look < last.seq() && !last.effect().matches("REFUSED|VIOLATION")) {
            violation(
                    "I11",
                    one,
                    "%s was sent again (before: audit %d) and the source not looked at in between"
                            .formatted(one.operation(), last.seq()));
        }
    }

    /** What was lost on its way and delivered late was not sent late. */
    private void ended(AuditLine one) {
        var ended = text(tables.run(), "ended_at");
        boolean late = whose.intent(one)
                .map(IntentMatcher.Intended::state)
                .filter(LOST::contains)
                .isPresent();
        if (!ended.isEmpty() && !late && one.at().isAfter(Instant.parse(ended).plusSeconds(1))) {
            violation("I17", one, "%s was sent after the run had ended at %s".formatted(one.operation(), ended));
        }
    }

    private static String key(AuditLine one) {
        return one.operation() + " " + one.target();
    }

    private void violation(String invariant, AuditLine one, String what) {
        findings.violation(
                invariant, whose.row(one), what, one.evidence(), "Look at the task in the console; report it.");
    }
}
