package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I3, I8, I11, I17 from the audit: each write with the polls before it. */
final class WriteCheck {

    private static final Duration MAX_AGE = Duration.ofSeconds(60);
    private static final Set<String> STARTABLE =
            Set.of("READY", "ABORT", "MIGRATE_FAIL", "SYNC_FAIL", "SYNC_F_ROLLBACK_SUCCESS");
    /** Spellings of SMS. */
    private static final Set<String> LAUNCHABLE = Set.of("syncing", "premiged");

    private static final Set<String> BUSY = Set.of("RUNNING", "SYNCING", "ABORTING", "DELETING", "SKIPPING");
    private static final Set<String> LOST_STATES = Set.of("UNKNOWN", "SEEN", "ABSENT");

    private final Tables tables;
    private final Attribution attribution;
    private final Findings findings;
    private final Map<String, AuditLine> reads = new HashMap<>();
    private final Map<String, AuditLine> writes = new HashMap<>();
    private final Map<String, Long> changedByOthers = new HashMap<>();
    private @Nullable AuditLine lastFullPoll;
    private int count;

    WriteCheck(Tables tables, Attribution attribution, Findings findings) {
        this.tables = tables;
        this.attribution = attribution;
        this.findings = findings;
    }

    void accept(AuditLine one) {
        if (one.isRead()) {
            recordRead(one);
        } else if (attribution.isOurWrite(one)) {
            if (!attribution.belongsToAnotherRun(one)) {
                count++;
                check(one);
            }
            writes.put(key(one), one);
        } else if (one.isExecuted()) {
            changedByOthers.put(one.task(), one.seq());
        }
    }

    void end() {
        findings.checked(
                "I3",
                "audit: %s, each allowed in its state and preceded by a poll"
                        .formatted(Findings.count(count, "write")));
        findings.checked("I8", "audit: %s, each preceded by its own intent".formatted(Findings.count(count, "write")));
        findings.checked("I11", "audit: a poll or a clear refusal between two equal writes");
        findings.checked("I17", "audit: no write while the run was ended");
    }

    private void recordRead(AuditLine one) {
        if (!attribution.isOurs(one)) {
            return;
        }
        if (one.source().isEmpty() && one.task().isEmpty()) {
            lastFullPoll = one;
        } else {
            reads.put(one.source(), one);
            reads.put(one.task(), one);
        }
    }

    private @Nullable AuditLine lastRead(AuditLine one) {
        var latest = lastFullPoll;
        for (var key : Set.of(one.source(), one.task())) {
            var read = key.isEmpty() ? null : reads.get(key);
            latest = read != null && (latest == null || read.seq() > latest.seq()) ? read : latest;
        }
        return latest;
    }

    private void check(AuditLine one) {
        var read = lastRead(one);
        checkIntent(one);
        checkState(one, read == null ? -1 : read.seq());
        if (read == null || Duration.between(read.at(), one.at()).compareTo(MAX_AGE) > 0) {
            violation("I3", one, one.operation() + " was sent without a poll of the source within 60 s before");
        }
        checkRepetition(one, read == null ? -1 : read.seq());
        checkEnd(one);
    }

    private void checkIntent(AuditLine one) {
        if (attribution.intent(one).isEmpty()) {
            findings.violation(
                    "I8",
                    attribution.row(one),
                    "%s of %s arrived without an intent before it".formatted(one.operation(), one.target()),
                    one.evidence(),
                    "Find out whether another program uses the same key. If not, report a bug.");
        }
    }

    /** A change by a third party or the service after the last poll could not be known. */
    private void checkState(AuditLine one, long lastRead) {
        boolean changedSince = changedByOthers.getOrDefault(one.task(), -1L) > lastRead;
        if (isForbidden(one) && !changedSince) {
            violation("I3", one, "%s was sent while the task was %s".formatted(one.operation(), one.before()));
        }
    }

    /** The documentation does not state whether a running task may be updated, so the update job lets the service decide. */
    private boolean isForbidden(AuditLine one) {
        return switch (one.operation()) {
            case "start" -> !one.before().isEmpty() && !STARTABLE.contains(AuditLine.taskState(one.before()));
            case "test" -> !one.before().isEmpty() && !LAUNCHABLE.contains(AuditLine.sourceState(one.before()));
            case "UpdateTask" ->
                BUSY.contains(AuditLine.taskState(one.before()))
                        && !text(tables.run(), "job").equals("update");
            default -> one.effect().equals("VIOLATION");
        };
    }

    /** A clear refusal needs no poll before the next attempt. */
    private void checkRepetition(AuditLine one, long lastRead) {
        var last = writes.get(key(one));
        if (last != null && lastRead < last.seq() && !last.effect().matches("REFUSED|VIOLATION")) {
            violation(
                    "I11",
                    one,
                    "%s was sent again (before: audit %d) without a poll of the source in between"
                            .formatted(one.operation(), last.seq()));
        }
    }

    /** A call that the network delivered late was not sent late. */
    private void checkEnd(AuditLine one) {
        var endedAt = text(tables.run(), "ended_at");
        boolean late = attribution
                .intent(one)
                .map(IntentMatcher.Candidate::state)
                .filter(LOST_STATES::contains)
                .isPresent();
        if (!endedAt.isEmpty()
                && !late
                && one.at().isAfter(Instant.parse(endedAt).plusSeconds(1))) {
            violation("I17", one, "%s was sent after the run had ended at %s".formatted(one.operation(), endedAt));
        }
    }

    private static String key(AuditLine one) {
        return one.operation() + " " + one.target();
    }

    private void violation(String invariant, AuditLine one, String what) {
        findings.violation(
                invariant,
                attribution.row(one),
                what,
                one.evidence(),
                "Check the task in the console and report a bug.");
    }
}
